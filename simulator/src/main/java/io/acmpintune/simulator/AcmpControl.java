package io.acmpintune.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.web.Answer;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Route;

/**
 * The part of {@link Control} that is about ACMP servers, each under its id.
 * <ul>
 * <li>{@code GET /simulator/acmp/{server}/clients}: all clients by ClientId, each with {@code client} and
 * {@code mobileDevice}, its fields, and {@code timesSaved}, how often {@code SaveClients} wrote it
 * <li>{@code GET /simulator/acmp/{server}/clients/{clientId}}: one of them
 * <li>{@code POST /simulator/acmp/{server}/clients}: fields of {@code TClient_V1} of a client that ACMP has from
 * elsewhere, see {@link AcmpServer#putClient}; the answer is 200 with its {@code ClientId}
 * <li>{@code DELETE /simulator/acmp/{server}/clients/{clientId}}: as an operator would delete it in ACMP
 * <li>{@code POST /simulator/acmp/{server}/versions}: {@code {"versions":"SaveClients:1,2"}}, see
 * {@link CommandVersions#parse}
 * </ul>
 */
final class AcmpControl {

    private static final String SERVER = "/simulator/acmp/{server}";

    private final Map<String, AcmpServer> servers;

    AcmpControl(Map<String, AcmpServer> servers) {
        this.servers = servers;
    }

    List<Route> routes() {
        return List.of(new Route("GET", SERVER + "/clients", Control.look(this::clients)),
                new Route("POST", SERVER + "/clients", Control.look(this::putClient)),
                new Route("GET", SERVER + "/clients/{clientId}", Control.look(this::client)),
                new Route("DELETE", SERVER + "/clients/{clientId}",
                        Control.order(request -> server(request).deleteClient(request.parameter("clientId")))),
                new Route("POST", SERVER + "/versions", Control.order(this::offer)));
    }

    private Answer clients(Request request) {
        AcmpServer server = server(request);
        return Answer.json(200, json -> {
            json.writeStartObject();
            for (String id : server.clientIds()) {
                json.writeName(id);
                client(json, server, id);
            }
            json.writeEndObject();
        });
    }

    private Answer client(Request request) {
        AcmpServer server = server(request);
        return Answer.json(200, json -> client(json, server, request.parameter("clientId")));
    }

    private static void client(JsonGenerator json, AcmpServer server, String id) {
        json.writeStartObject();
        server.client(id).ifPresent(fields -> fields(json, "client", fields));
        server.mobileDevice(id).ifPresent(fields -> fields(json, "mobileDevice", fields));
        json.writeNumberProperty("timesSaved", server.timesSaved(id));
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, String name, Map<String, String> fields) {
        json.writeObjectPropertyStart(name);
        fields.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private Answer putClient(Request request) {
        var fields = new LinkedHashMap<String, String>();
        Json.parse(request.body()).forEachEntry((name, value) -> fields.put(name, value.asString("")));
        ObjectNode answer = Json.object();
        answer.put("ClientId", server(request).putClient(fields));
        return Answer.json(200, answer);
    }

    private void offer(Request request) {
        JsonNode body = Json.parse(request.body());
        server(request).offer(CommandVersions.parse(body.path("versions").asString("")));
    }

    private AcmpServer server(Request request) {
        return Simulator.one(servers, request.parameter("server"));
    }
}
