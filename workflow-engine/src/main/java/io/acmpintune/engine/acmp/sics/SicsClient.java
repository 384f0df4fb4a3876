package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Calls SICS within a session that is opened and renewed as needed. */
public final class SicsClient implements AutoCloseable {

    /** How long refused credentials are not sent again, since users are often locked after a few failures. */
    public static final Duration PAUSE_AFTER_REFUSAL = SicsSession.PAUSE_AFTER_REFUSAL;

    private final SicsConnection connection;
    private final SicsDialect dialect;
    private final SicsTransport transport;
    private final SicsResponseReader responses;
    private final SicsSession session;

    /**
     * A client that sends nothing before the first call.
     *
     * @param trust the authorities trusted for TLS; null for the JDK's own
     */
    public SicsClient(SicsConnection connection, SicsDialect dialect, @Nullable SSLContext trust, InstantSource clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.transport = new SicsTransport(connection, trust, clock);
        this.responses = new SicsResponseReader(connection, dialect);
        this.session = new SicsSession(new SicsLogin(connection, dialect, transport, responses)::logIn,
                dialect.session().lifetime().minus(dialect.session().renewalMargin()), clock);
    }

    public SicsResult<JsonNode> createVirtualRouter(String name) {
        return call(SicsCall.CREATE_VIRTUAL_ROUTER, Map.of(SicsCall.Parameter.VIRTUAL_ROUTER, name));
    }

    public SicsResult<JsonNode> createTarget(ReplyTarget target) {
        return createTarget(target.virtualRouter(), target.name(), target.name());
    }

    public SicsResult<JsonNode> createTarget(String virtualRouter, String name, String routingKey) {
        return call(SicsCall.CREATE_TARGET, Map.of(SicsCall.Parameter.TARGET, name, SicsCall.Parameter.VIRTUAL_ROUTER,
                virtualRouter, SicsCall.Parameter.ROUTING_KEYS, List.of(routingKey)));
    }

    /** Publishes a message. SICS accepts it even if nobody listens under the routing key. */
    public SicsResult<JsonNode> publish(SicsAddress receiver, String body, SicsAddress replyTo) {
        return call(SicsCall.PUBLISH,
                Map.of(SicsCall.Parameter.BODY, body, SicsCall.Parameter.VIRTUAL_ROUTER, receiver.virtualRouter(),
                        SicsCall.Parameter.ROUTING_KEY, receiver.routingKey(),
                        SicsCall.Parameter.CALLBACK_VIRTUAL_ROUTER,
                        replyTo.virtualRouter(), SicsCall.Parameter.CALLBACK_ROUTING_KEY, replyTo.routingKey()));
    }

    /** Removes messages from a target, waiting for one; empty if none arrives in time. */
    public SicsResult<List<String>> consume(ReplyTarget target, Duration wait) {
        return switch (call(SicsCall.CONSUME, Map.of(SicsCall.Parameter.VIRTUAL_ROUTER, target.virtualRouter(),
                SicsCall.Parameter.TARGET, target.name(), SicsCall.Parameter.WAIT_TIMEOUT, wait.toMillis()))) {
            case SicsResult.Ok(var body) -> responses.messages(body);
            case SicsResult.NotFound() -> new SicsResult.NotFound<>();
            case SicsResult.Failed(var problem) -> new SicsResult.Failed<>(problem);
        };
    }

    public SicsResult<JsonNode> deleteVirtualRouter(String name) {
        return call(SicsCall.DELETE_VIRTUAL_ROUTER, Map.of(SicsCall.Parameter.VIRTUAL_ROUTER, name));
    }

    public SicsResult<JsonNode> deleteTarget(ReplyTarget target) {
        return call(SicsCall.DELETE_TARGET, Map.of(SicsCall.Parameter.TARGET, target.name()));
    }

    /** Makes the next call open a new session because ACMP refused the current one. */
    public void renewSession() {
        session.forget();
    }

    /** Logs in even during a pause after a refusal; all callers share the new session. */
    public Optional<ConnectionProblem> logInAgain() {
        return session.logInAgain() instanceof SicsSession.Login.Failed(var problem)
                ? Optional.of(problem)
                : Optional.empty();
    }

    /** Returns the refusal of our credentials, known without calling SICS. */
    public Optional<CredentialRefusal> refusal() {
        return session.refusal();
    }

    /** Since when and why calls go unencrypted to an https address; empty while they do not. */
    public Optional<UnencryptedFallback> fallback() {
        return transport.fallback();
    }

    /** Probes the port below HTTP. */
    public SicsPortProbe socket() {
        return transport.socket();
    }

    /** The longest wait of one consume call, so that the answer arrives before the read timeout. */
    public Duration longestWait() {
        return connection.readTimeout().dividedBy(2);
    }

    /** Aborts every call in progress. */
    @Override
    public void close() {
        transport.close();
    }

    private SicsResult<JsonNode> call(SicsCall call, Map<SicsCall.Parameter, Object> values) {
        SicsRequest request = dialect.request(call, values);
        return switch (session.get()) {
            case SicsSession.Login.Failed(var problem) -> new SicsResult.Failed<>(problem);
            case SicsSession.Login.Session(var token) -> {
                SicsHttp.Exchange exchange = send(request, token);
                if (!responses.isSessionRefused(exchange)) {
                    yield responses.resultOf(request, exchange);
                }
                session.forget(token);
                yield switch (session.get()) {
                    case SicsSession.Login.Failed(var problem) -> new SicsResult.Failed<>(problem);
                    case SicsSession.Login.Session(var renewed) -> responses.resultOf(request, send(request, renewed));
                };
            }
        };
    }

    private SicsHttp.Exchange send(SicsRequest request, String token) {
        return transport.send(request, Map.of(dialect.session().header(), token));
    }
}
