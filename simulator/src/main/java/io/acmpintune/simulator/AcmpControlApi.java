package io.acmpintune.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.acmp.Refusals;
import io.acmpintune.simulator.acmp.ServerFaults;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;

/**
 * The part of {@link ControlApi} for ACMP servers, each under its id.
 * <ul>
 * <li>{@code GET /simulator/acmp}: per server the numbers of {@code clients} and {@code mobileDevices}; {@code
 * commands}, per command {@code messages}, {@code records} and {@code largest}, the most records in a message; {@code
 * repliesHeld}; {@code faultsPending} and {@code faultsHappened} by command
 * <li>{@code GET /simulator/acmp/{server}/clients}: all clients by ClientId, each with {@code client} and {@code
 * mobileDevice}, its fields, and {@code timesSaved}, how often {@code SaveClients} wrote it
 * <li>{@code GET /simulator/acmp/{server}/clients/{clientId}}: one of them
 * <li>{@code POST /simulator/acmp/{server}/clients}: fields of {@code TClient_V1} of a client from another source, see
 * {@link AcmpServer#putClient}; returns its {@code ClientId}
 * <li>{@code DELETE /simulator/acmp/{server}/clients/{clientId}}: deletes a client as an operator would
 * <li>{@code POST /simulator/acmp/{server}/versions}: {@code {"versions":"SaveClients:1,2"}}, see {@link
 * CommandVersions#parse}
 * <li>{@code POST /simulator/acmp/{server}/faults}: a {@link ReplyFaultRequest}; {@code DELETE}: removes the server's
 * faults and refusals, and publishes the held replies
 * <li>{@code POST /simulator/acmp/{server}/faults/release}: publishes the held replies
 * <li>{@code POST /simulator/acmp/{server}/condition}: {@code {"slowMilliseconds":500,"dead":true}}, each optional
 * <li>{@code POST /simulator/acmp/{server}/refusals}: {@code
 * {"command":"SaveClients","field":"ComputerName","value":"BAD.*","code":35}}, see {@link Refusals#refuse}
 * <li>{@code POST /simulator/acmp/{server}/licence}: {@code {"clients":100}}, see {@link Refusals#licence}
 * <li>{@code POST /simulator/acmp/{server}/publications}: {@code virtualRouter}, {@code routingKey}, {@code icql},
 * {@code callbackRouter} and {@code callbackKey} of a request of ACMP's own, see {@link AcmpServer#publish}
 * <li>{@code GET /simulator/acmp/{server}/replies}: the replies to these
 * </ul>
 */
final class AcmpControlApi {

    private static final String SERVER = "/simulator/acmp/{server}";

    private final Map<String, AcmpServer> servers;

    AcmpControlApi(Map<String, AcmpServer> servers) {
        this.servers = servers;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/simulator/acmp", this::state),
                new Route("GET", SERVER + "/clients", ControlApi.query(this::clients)),
                new Route("POST", SERVER + "/clients", ControlApi.query(this::putClient)),
                new Route("GET", SERVER + "/clients/{clientId}", ControlApi.query(this::client)),
                new Route("DELETE", SERVER + "/clients/{clientId}",
                        ControlApi.command(request -> server(request).deleteClient(request.parameter("clientId")))),
                new Route("POST", SERVER + "/versions", ControlApi.command(this::offer)),
                new Route("POST", SERVER + "/faults", ControlApi.command(this::addFault)),
                new Route("DELETE", SERVER + "/faults", ControlApi.command(request -> clearFaults(server(request)))),
                new Route("POST", SERVER + "/faults/release",
                        ControlApi.command(request -> server(request).faults().release())),
                new Route("POST", SERVER + "/condition", ControlApi.command(this::condition)),
                new Route("POST", SERVER + "/refusals", ControlApi.command(this::refuse)),
                new Route("POST", SERVER + "/licence", ControlApi.command(this::licence)),
                new Route("POST", SERVER + "/publications", ControlApi.command(this::publish)),
                new Route("GET", SERVER + "/replies", ControlApi.query(this::replies)));
    }

    /** Removes the faults and refusals of every server. */
    void clearFaults() {
        servers.values().forEach(AcmpControlApi::clearFaults);
    }

    private static void clearFaults(AcmpServer server) {
        server.refusals().clear();
        server.faults().clear();
    }

    private Response state(Request request) {
        ObjectNode body = Json.object();
        servers.forEach((id, server) -> {
            ObjectNode state = body.putObject(id);
            state.put("clients", server.clientCount());
            state.put("mobileDevices", server.mobileDeviceCount());
            ObjectNode commands = state.putObject("commands");
            server.traffic()
                    .forEach((command, traffic) -> commands.putObject(command)
                            .put("messages", traffic.messages())
                            .put("records", traffic.records())
                            .put("largest", traffic.largest()));
            state.put("repliesHeld", server.faults().held());
            ControlApi.numbers(state.putObject("faultsPending"), server.faults().pending());
            ControlApi.numbers(state.putObject("faultsHappened"), server.faults().happened());
        });
        return Response.json(200, body);
    }

    private Response clients(Request request) {
        AcmpServer server = server(request);
        return Response.json(200, json -> {
            json.writeStartObject();
            for (String id : server.clientIds()) {
                json.writeName(id);
                client(json, server, id);
            }
            json.writeEndObject();
        });
    }

    private Response client(Request request) {
        AcmpServer server = server(request);
        return Response.json(200, json -> client(json, server, request.parameter("clientId")));
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

    private Response putClient(Request request) {
        var fields = new LinkedHashMap<String, String>();
        Json.parse(request.body()).forEachEntry((name, value) -> fields.put(name, value.asString("")));
        ObjectNode answer = Json.object();
        answer.put("ClientId", server(request).putClient(fields));
        return Response.json(200, answer);
    }

    private void offer(Request request) {
        JsonNode body = Json.parse(request.body());
        server(request).offer(CommandVersions.parse(body.path("versions").asString("")));
    }

    private void addFault(Request request) {
        ReplyFaultRequest.of(Json.parse(request.body())).placeIn(server(request).faults());
    }

    private void condition(Request request) {
        JsonNode body = Json.parse(request.body());
        ServerFaults faults = server(request).faults();
        if (body.has("slowMilliseconds")) {
            faults.slow(Duration.ofMillis(body.path("slowMilliseconds").asLong(0)));
        }
        if (body.path("dead").asBoolean(false)) {
            faults.die();
        } else if (body.has("dead")) {
            faults.revive();
        }
    }

    private void refuse(Request request) {
        JsonNode body = Json.parse(request.body());
        server(request).refusals()
                .refuse(text(body, "command"), text(body, "field"), Pattern.compile(text(body, "value")),
                        body.path("code").asInt(0));
    }

    private void licence(Request request) {
        JsonNode clients = Json.parse(request.body()).path("clients");
        if (!clients.isInt()) {
            throw new IllegalArgumentException("'clients' should be the number of clients that may be");
        }
        server(request).refusals().licence(clients.intValue());
    }

    private void publish(Request request) {
        JsonNode body = Json.parse(request.body());
        server(request).publish(text(body, "virtualRouter"), text(body, "routingKey"), text(body, "icql"),
                text(body, "callbackRouter"), text(body, "callbackKey"));
    }

    private Response replies(Request request) {
        var body = Json.MAPPER.createArrayNode();
        server(request).repliesReceived().forEach(body::add);
        return Response.json(200, body);
    }

    private static String text(JsonNode body, String name) {
        if (!body.path(name).isString()) {
            throw new IllegalArgumentException("'" + name + "' should be a text");
        }
        return body.path(name).stringValue();
    }

    private AcmpServer server(Request request) {
        return Simulator.one(servers, request.parameter("server"));
    }
}
