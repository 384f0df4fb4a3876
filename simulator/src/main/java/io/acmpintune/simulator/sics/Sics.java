package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;

/** SICS's REST interface in one {@link SicsDialect}. */
public final class Sics implements Site {

    private static final int OK = 0;
    private static final int INVALID_REQUEST = 35;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final String user;
    private final String password;
    private final Sessions sessions;
    private final SicsDialect dialect;
    private final Broker broker;
    private final SicsFaults faults;
    private final AtomicLong logins = new AtomicLong();
    private final AtomicLong publishes = new AtomicLong();
    private final AtomicLong consumes = new AtomicLong();
    private final Map<SicsCall, Function<SicsRequest, Response>> calls = new EnumMap<>(Map.of(SicsCall.OPEN_SESSION,
            this::login, SicsCall.CREATE_VIRTUAL_ROUTER, this::createRouter, SicsCall.CREATE_TARGET,
            this::createTarget, SicsCall.PUBLISH, this::publish, SicsCall.CONSUME, this::consume,
            SicsCall.DELETE_VIRTUAL_ROUTER, this::deleteRouter, SicsCall.DELETE_TARGET, this::deleteTarget));
    private final List<Route> routes;

    /**
     * Creates SICS in front of a broker.
     *
     * @param sessionLifetime how long a session lives after its last use
     */
    public Sics(String user, String password, Duration sessionLifetime, InstantSource clock, SicsDialect dialect,
            Broker broker) {
        this.user = user;
        this.password = password;
        this.sessions = new Sessions(clock, sessionLifetime);
        this.dialect = dialect;
        this.broker = broker;
        this.faults = new SicsFaults(clock);
        this.routes = Arrays.stream(SicsCall.values()).map(this::route).toList();
    }

    public Broker broker() {
        return broker;
    }

    /** Returns the number of opened sessions. */
    public long logins() {
        return logins.get();
    }

    /** Returns the number of accepted messages, including those without listeners. */
    public long publishes() {
        return publishes.get();
    }

    /** Returns how often a target was read, with or without messages. */
    public long consumes() {
        return consumes.get();
    }

    /** Injects outages, and faults between publishing and consuming. */
    public SicsFaults faults() {
        return faults;
    }

    /** Ends every session, as SICS may do at any time. */
    public void endSessions() {
        sessions.endAll();
    }

    /** Removes sessions, virtual routers, targets and their messages, as a restart of the service does. */
    public void restart() {
        sessions.endAll();
        broker.clear();
    }

    @Override
    public boolean reachable() {
        return faults.reachable();
    }

    @Override
    public boolean owns(String path) {
        return dialect.knows(path);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Response notFound(Request request) {
        return refused(dialect.responses().notFound(), "there is nothing at " + request.path());
    }

    @Override
    public Response methodNotAllowed(Request request, Set<String> allowed) {
        return refused(405, INVALID_REQUEST, request.path() + " takes " + String.join(", ", allowed))
                .withHeader("Allow", String.join(", ", allowed));
    }

    private Route route(SicsCall call) {
        SicsDialect.Template template = dialect.template(call);
        return new Route(template.method(), template.path(), request -> {
            if (call != SicsCall.OPEN_SESSION
                    && request.header(dialect.sessionHeader()).filter(sessions::use).isEmpty()) {
                return refused(dialect.responses().sessionRefused(), "the session is unknown or has ended");
            }
            var spoken = new SicsRequest(template, request);
            return spoken.missingFixed()
                    .map(this::invalid)
                    .orElseGet(() -> Objects.requireNonNull(calls.get(call)).apply(spoken));
        });
    }

    private Response login(SicsRequest call) {
        Optional<String> given = call.text("user-name");
        Optional<String> secret = call.text("password");
        if (given.isEmpty() || secret.isEmpty()) {
            return invalid("user name and password must be given as text");
        }
        if (!given.get().equals(user) || !secret.get().equals(password)) {
            return refused(dialect.responses().wrongCredentials(), "user name or password is wrong");
        }
        logins.incrementAndGet();
        ObjectNode answer = Json.object();
        answer.put(dialect.sessionToken(), sessions.open());
        return Response.json(200, answer);
    }

    private Response createRouter(SicsRequest call) {
        Optional<String> name = call.text("virtual-router");
        name.ifPresent(broker::createRouter);
        return name.isEmpty() ? invalid("the name of the virtual router must be given as text") : done();
    }

    private Response deleteRouter(SicsRequest call) {
        String name = call.text("virtual-router").orElse("");
        return broker.deleteRouter(name) ? done() : unknownRouter(name);
    }

    private Response createTarget(SicsRequest call) {
        Optional<String> name = call.text("target");
        Optional<String> router = call.text("virtual-router");
        List<String> keys = call.texts("routing-keys");
        if (name.isEmpty() || router.isEmpty() || keys.isEmpty()) {
            return invalid("name, virtual router and routing keys (a list) of the target must be given");
        }
        if (!broker.knows(router.get())) {
            return unknownRouter(router.get());
        }
        return broker.createTarget(name.get(), router.get(), keys)
                ? done()
                : invalid("the target " + name.get() + " exists in another virtual router");
    }

    private Response deleteTarget(SicsRequest call) {
        String name = call.text("target").orElse("");
        return broker.deleteTarget(name) ? done() : unknownTarget(name);
    }

    private Response publish(SicsRequest call) {
        Optional<String> content = call.text("body").filter(Sics::isBase64);
        Optional<String> router = call.text("virtual-router");
        Optional<String> key = call.text("routing-key");
        if (content.isEmpty() || router.isEmpty() || key.isEmpty()) {
            return invalid("body (Base64), virtual router and routing key must be given");
        }
        var message = new Message(content.get(), call.text("callback-virtual-router").orElse(""),
                call.text("callback-routing-key").orElse(""));
        if (!broker.publish(router.get(), key.get(), message)) {
            return unknownRouter(router.get());
        }
        publishes.incrementAndGet();
        faults.nextAfterPublish().ifPresent(this::apply);
        return done();
    }

    private void apply(PublishFault fault) {
        switch (fault) {
            case SESSIONS_END -> endSessions();
            case RESTART -> restart();
        }
    }

    private Response consume(SicsRequest call) {
        Optional<String> router = call.text("virtual-router");
        Optional<String> target = call.text("target");
        boolean waiting = !call.has("wait-for-message") || call.flag("wait-for-message");
        long wait = waiting ? call.number("wait-timeout") : 0;
        long count = call.has("message-count") ? call.number("message-count") : 1;
        if (router.isEmpty() || target.isEmpty() || count < 1 || count > Integer.MAX_VALUE || wait < 0
                || wait > LONGEST_WAIT.toMillis()) {
            return invalid("virtual router, target, the number of messages (at least 1) and, where it waits, the time "
                    + "(0 to " + LONGEST_WAIT.toMillis() + " ms) must be given");
        }
        consumes.incrementAndGet();
        Optional<List<Message>> messages = faults.awaiting(Duration.ofMillis(wait),
                time -> broker.consume(router.get(), target.get(), (int) count, time));
        if (messages.isEmpty()) {
            return unknownTarget(target.get());
        }
        ObjectNode answer = result(OK, "");
        answer.putArray("AckMessages");
        var results = answer.putArray(dialect.responses().messages());
        messages.get().forEach(message -> results.add(message.body()));
        return Response.json(200, answer);
    }

    private Response done() {
        return Response.json(200, result(OK, ""));
    }

    private Response invalid(String reason) {
        return refused(400, INVALID_REQUEST, reason);
    }

    private Response unknownRouter(String name) {
        return refused(dialect.responses().notFound(), "there is no virtual router " + name);
    }

    private Response unknownTarget(String name) {
        return refused(dialect.responses().notFound(), "there is no target " + name + " in that virtual router");
    }

    private Response refused(SicsDialect.ErrorCode sign, String reason) {
        return refused(sign.status(), sign.errorCode(), reason);
    }

    private Response refused(int status, int code, String reason) {
        return Response.json(status, result(code, reason));
    }

    private ObjectNode result(int code, String text) {
        ObjectNode result = Json.object();
        result.put(dialect.responses().errorCode(), code);
        result.put(dialect.responses().text(), text);
        return result;
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException no) {
            return false;
        }
    }
}
