package io.acmpintune.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** Calls Graph with a token of its own. */
final class GraphClient {

    static final String DEVICES = "/deviceManagement/managedDevices";

    private final Simulator simulator;
    private final Web web = Web.plain();
    private final Map<String, String> bearer;

    GraphClient(Simulator simulator) {
        this.simulator = simulator;
        this.bearer = new Entrance(simulator).bearer();
    }

    Map<String, String> bearer() {
        return bearer;
    }

    /** Reads from v1.0. */
    Web.Reply get(String path) {
        return web.get(simulator.httpUrl() + "/v1.0" + path, bearer);
    }

    Web.Reply beta(String path) {
        return web.get(simulator.httpUrl() + "/beta" + path, bearer);
    }

    Web.Reply link(String url) {
        return web.get(url, bearer);
    }

    Web.Reply filter(String filter) {
        return get(DEVICES + "?$filter=" + Web.encode(filter));
    }

    JsonNode device(String id, String select) {
        return get(DEVICES + "/" + id + "?$select=" + select).json();
    }

    Web.Reply sync(String id) {
        return web.post(simulator.httpUrl() + "/v1.0" + DEVICES + "/" + id + "/syncDevice", bearer, "");
    }

    Web.Reply batch(Object body) {
        return web.postJson(simulator.httpUrl() + "/v1.0/$batch", bearer, body);
    }

    /** All rows, page by page as the links lead. */
    List<JsonNode> all(String path) {
        var rows = new ArrayList<JsonNode>();
        String next = simulator.httpUrl() + "/v1.0" + path;
        while (!next.isEmpty()) {
            JsonNode page = link(next).json();
            page.get("value").forEach(rows::add);
            next = page.path("@odata.nextLink").asString("");
        }
        return rows;
    }

    static List<String> ids(Web.Reply reply) {
        var ids = new ArrayList<String>();
        reply.json().get("value").forEach(row -> ids.add(row.get("id").stringValue()));
        return ids;
    }
}
