package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Answer;
import io.acmpintune.simulator.web.Handler;
import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;

/**
 * SICS's REST interface. Paths, the session header and most JSON names are attested by third-party client code; the
 * fields of Target beyond its name, Consume, the error codes and the statuses are this project's assumption.
 */
public final class Sics implements Site {

    private static final String SESSION = "X-SICS-SESSION";
    private static final int OK = 0;
    private static final int INVALID_SESSION = 7;
    private static final int WRONG_PASSWORD = 15;
    private static final int NOT_FOUND = 30;
    private static final int INVALID_REQUEST = 35;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Pattern PATHS = Pattern.compile("/(Session|VirtualRouter|Target|Publish|Consume)(/.*)?");

    private final String user;
    private final String password;
    private final Sessions sessions;
    private final Broker broker;
    private final AtomicLong logins = new AtomicLong();
    private final List<Route> routes = List.of(new Route("POST", "/Session", this::login),
            new Route("POST", "/VirtualRouter", inSession(this::createRouter)),
            new Route("DELETE", "/VirtualRouter/{name}", inSession(this::deleteRouter)),
            new Route("POST", "/Target", inSession(this::createTarget)),
            new Route("DELETE", "/Target/{name}", inSession(this::deleteTarget)),
            new Route("POST", "/Publish", inSession(this::publish)),
            new Route("POST", "/Consume", inSession(this::consume)));

    /**
     * SICS in front of a broker.
     *
     * @param sessionLifetime how long a session lives after its last use
     */
    public Sics(String user, String password, Duration sessionLifetime, InstantSource clock, Broker broker) {
        this.user = user;
        this.password = password;
        this.sessions = new Sessions(clock, sessionLifetime);
        this.broker = broker;
    }

    public Broker broker() {
        return broker;
    }

    /** How many sessions were opened. */
    public long logins() {
        return logins.get();
    }

    /** Ends every session, as SICS may do at any time. */
    public void endSessions() {
        sessions.endAll();
    }

    /** What a restart of the service does: sessions, virtual routers, targets and their messages are gone. */
    public void restart() {
        sessions.endAll();
        broker.clear();
    }

    @Override
    public boolean owns(String path) {
        return PATHS.matcher(path).matches();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Answer notFound(Request request) {
        return refused(404, NOT_FOUND, "there is nothing at " + request.path());
    }

    @Override
    public Answer methodNotAllowed(Request request, Set<String> allowed) {
        return refused(405, INVALID_REQUEST, request.path() + " takes " + String.join(", ", allowed))
                .withHeader("Allow", String.join(", ", allowed));
    }

    private Answer login(Request request) {
        JsonNode body = Json.parse(request.body());
        Optional<String> given = text(body, "UserName");
        Optional<String> secret = text(body, "Password");
        if (given.isEmpty() || secret.isEmpty()) {
            return invalid("UserName and Password must be given as text");
        }
        if (!given.get().equals(user) || !secret.get().equals(password)) {
            return refused(401, WRONG_PASSWORD, "user name or password is wrong");
        }
        logins.incrementAndGet();
        ObjectNode answer = Json.object();
        answer.put("Session", sessions.open());
        return Answer.json(200, answer);
    }

    private Handler inSession(Handler handler) {
        return request -> request.header(SESSION).filter(sessions::use).isPresent()
                ? handler.answer(request)
                : refused(401, INVALID_SESSION, "the session is unknown or has ended");
    }

    private Answer createRouter(Request request) {
        Optional<String> name = text(Json.parse(request.body()), "VirtualRouterName");
        if (name.isEmpty()) {
            return invalid("VirtualRouterName must be given as text");
        }
        broker.createRouter(name.get());
        return done();
    }

    private Answer deleteRouter(Request request) {
        return broker.deleteRouter(request.parameter("name")) ? done() : unknownRouter(request.parameter("name"));
    }

    private Answer createTarget(Request request) {
        JsonNode body = Json.parse(request.body());
        Optional<String> name = text(body, "TargetName");
        Optional<String> router = text(body, "VirtualRouter");
        var keys = new ArrayList<String>();
        body.path("Routing_Keys").forEach(key -> keys.add(key.asString("")));
        if (name.isEmpty() || router.isEmpty() || keys.isEmpty() || keys.contains("")
                || !text(body, "TargetType").orElse("").equals("Queue")) {
            return invalid("TargetName, VirtualRouter, TargetType (\"Queue\") and Routing_Keys (a list) must be given");
        }
        if (!broker.knows(router.get())) {
            return unknownRouter(router.get());
        }
        return broker.createTarget(name.get(), router.get(), keys)
                ? done()
                : invalid("the target " + name.get() + " exists in another virtual router");
    }

    private Answer deleteTarget(Request request) {
        return broker.deleteTarget(request.parameter("name")) ? done() : unknownTarget(request.parameter("name"));
    }

    private Answer publish(Request request) {
        JsonNode body = Json.parse(request.body());
        Optional<String> content = text(body, "Body").filter(Sics::isBase64);
        Optional<String> router = text(body, "VirtualRouter");
        Optional<String> key = text(body, "Routing_Key");
        if (content.isEmpty() || router.isEmpty() || key.isEmpty()) {
            return invalid("Body (Base64), VirtualRouter and Routing_Key must be given");
        }
        if (!text(body, "ExchangeType").orElse("").equals("ROUTING")) {
            return invalid("ExchangeType must be \"ROUTING\"");
        }
        var message = new Message(content.get(), text(body, "Callback_VirtualRouter").orElse(""),
                text(body, "Callback_Routing_Key").orElse(""));
        return broker.publish(router.get(), key.get(), message) ? done() : unknownRouter(router.get());
    }

    private Answer consume(Request request) {
        JsonNode body = Json.parse(request.body());
        Optional<String> router = text(body, "VirtualRouter");
        Optional<String> target = text(body, "TargetName");
        long wait = body.path("WaitForMessage").asBoolean(false) ? body.path("WaitTimeout").asLong(-1) : 0;
        int count = body.path("ResultMessageCount").asInt(-1);
        if (router.isEmpty() || target.isEmpty() || count < 1 || wait < 0 || wait > LONGEST_WAIT.toMillis()) {
            return invalid("VirtualRouter, TargetName, ResultMessageCount (at least 1) and, with WaitForMessage, "
                    + "WaitTimeout (0 to " + LONGEST_WAIT.toMillis() + " ms) must be given");
        }
        Optional<List<Message>> messages = broker.consume(router.get(), target.get(), count, Duration.ofMillis(wait));
        if (messages.isEmpty()) {
            return unknownTarget(target.get());
        }
        ObjectNode answer = result(OK, "");
        answer.putArray("AckMessages");
        var results = answer.putArray("ResultMessages");
        messages.get().forEach(message -> results.add(message.body()));
        return Answer.json(200, answer);
    }

    private static Answer done() {
        return Answer.json(200, result(OK, ""));
    }

    private static Answer invalid(String reason) {
        return refused(400, INVALID_REQUEST, reason);
    }

    private static Answer unknownRouter(String name) {
        return refused(404, NOT_FOUND, "there is no virtual router " + name);
    }

    private static Answer unknownTarget(String name) {
        return refused(404, NOT_FOUND, "there is no target " + name + " in that virtual router");
    }

    private static Answer refused(int status, int code, String reason) {
        return Answer.json(status, result(code, reason));
    }

    private static ObjectNode result(int code, String text) {
        ObjectNode result = Json.object();
        result.put("ErrorCode", code);
        result.put("Result", text);
        return result;
    }

    private static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException no) {
            return false;
        }
    }
}
