package io.acmpintune.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** Calls Graph with its own token. */
final class GraphClient {

    static final String DEVICES = "/deviceManagement/managedDevices";

    private final Simulator simulator;
    private final Web web = Web.plain();
    private Map<String, String> bearer;

    GraphClient(Simulator simulator) {
        this.simulator = simulator;
        this.bearer = new TokenRequests(simulator).bearer();
    }

    /** Requests a new token. */
    void renew() {
        bearer = new TokenRequests(simulator).bearer();
    }

    Map<String, String> bearer() {
        return bearer;
    }

    /** Sends a GET to v1.0. */
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

    /** Sends an action without a body to v1.0. */
    Web.Reply act(String id, String action) {
        return web.post(url("v1.0", id, action), bearer, "");
    }

    Web.Reply act(String version, String id, String action, Object body) {
        return web.postJson(url(version, id, action), bearer, body);
    }

    Web.Reply act(String version, String id, String action, Object body, Map<String, String> headers) {
        var all = new HashMap<>(bearer);
        all.putAll(headers);
        return web.postJson(url(version, id, action), all, body);
    }

    private String url(String version, String id, String action) {
        return simulator.httpUrl() + "/" + version + DEVICES + "/" + id + "/" + action;
    }

    Web.Reply betaBatch(Object body) {
        return web.postJson(simulator.httpUrl() + "/beta/$batch", bearer, body);
    }

    Web.Reply batch(Object body) {
        return web.postJson(simulator.httpUrl() + "/v1.0/$batch", bearer, body);
    }

    /** Returns all rows of all pages. */
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

    /** Returns the text of an error in Intune's form, without the ids for support. */
    static String nestedMessage(Web.Reply reply) {
        return Web.MAPPER.readTree(reply.json().get("error").get("message").stringValue())
                .get("Message")
                .stringValue()
                .replaceFirst(" - Operation ID.*", "");
    }

    static List<String> ids(Web.Reply reply) {
        var ids = new ArrayList<String>();
        reply.json().get("value").forEach(row -> ids.add(row.get("id").stringValue()));
        return ids;
    }
}
