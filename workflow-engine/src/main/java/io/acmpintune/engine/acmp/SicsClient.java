package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** SICS's calls, each within a session that is opened and renewed as needed. */
final class SicsClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SicsClient.class);
    private static final int LONGEST_QUOTE = 200;

    private final SicsConnection connection;
    private final SicsDialect dialect;
    private final SicsHttp http;
    private final SicsSession session;

    SicsClient(SicsConnection connection, SicsDialect dialect, SicsHttp http, InstantSource clock) {
        this.connection = connection;
        this.dialect = dialect;
        this.http = http;
        this.session = new SicsSession(this::logIn,
                dialect.session().lifetime().minus(dialect.session().renewalMargin()), clock);
    }

    SicsAnswer<JsonNode> createVirtualRouter(String name) {
        return call(SicsCall.CREATE_VIRTUAL_ROUTER, Map.of(SicsCall.Slot.VIRTUAL_ROUTER, name));
    }

    SicsAnswer<JsonNode> createTarget(ReplyTarget target) {
        return call(SicsCall.CREATE_TARGET, Map.of(SicsCall.Slot.TARGET, target.name(), SicsCall.Slot.VIRTUAL_ROUTER,
                target.virtualRouter(), SicsCall.Slot.ROUTING_KEYS, List.of(target.name())));
    }

    /** Hands a message to SICS. That SICS takes it does not mean that anybody listens under the server's routing key. */
    SicsAnswer<JsonNode> publish(AcmpServer server, String body, ReplyTarget replyTo) {
        return call(SicsCall.PUBLISH,
                Map.of(SicsCall.Slot.BODY, body, SicsCall.Slot.VIRTUAL_ROUTER, server.virtualRouter(),
                        SicsCall.Slot.ROUTING_KEY, server.routingKey(), SicsCall.Slot.CALLBACK_VIRTUAL_ROUTER,
                        replyTo.virtualRouter(), SicsCall.Slot.CALLBACK_ROUTING_KEY, replyTo.name()));
    }

    /** Takes messages off a target, waiting for one; none if the wait ends first. */
    SicsAnswer<List<String>> consume(ReplyTarget target, Duration wait) {
        return switch (call(SicsCall.CONSUME, Map.of(SicsCall.Slot.VIRTUAL_ROUTER, target.virtualRouter(),
                SicsCall.Slot.TARGET, target.name(), SicsCall.Slot.WAIT_TIMEOUT, wait.toMillis()))) {
            case SicsAnswer.Ok(var body) -> messages(body);
            case SicsAnswer.Missing() -> new SicsAnswer.Missing<>();
            case SicsAnswer.Failed(var problem) -> new SicsAnswer.Failed<>(problem);
        };
    }

    SicsAnswer<JsonNode> deleteVirtualRouter(String name) {
        return call(SicsCall.DELETE_VIRTUAL_ROUTER, Map.of(SicsCall.Slot.VIRTUAL_ROUTER, name));
    }

    SicsAnswer<JsonNode> deleteTarget(ReplyTarget target) {
        return call(SicsCall.DELETE_TARGET, Map.of(SicsCall.Slot.TARGET, target.name()));
    }

    /** Makes the next call open a new session, since ACMP refused the present one. */
    void renewSession() {
        session.forget();
    }

    /** How long one wait may last so that SICS's answer still comes before the read timeout. */
    Duration longestWait() {
        return connection.readTimeout().dividedBy(2);
    }

    /** Ends every call under way. */
    @Override
    public void close() {
        http.close();
    }

    private SicsAnswer<JsonNode> call(SicsCall call, Map<SicsCall.Slot, Object> values) {
        var request = dialect.request(call, values);
        return switch (session.get()) {
            case SicsSession.Login.Failed(var problem) -> new SicsAnswer.Failed<>(problem);
            case SicsSession.Login.Session(var token) -> {
                var exchange = send(request, token);
                if (!refusesSession(exchange)) {
                    yield judge(request, exchange);
                }
                session.forget(token);
                yield switch (session.get()) {
                    case SicsSession.Login.Failed(var problem) -> new SicsAnswer.Failed<>(problem);
                    case SicsSession.Login.Session(var renewed) -> judge(request, send(request, renewed));
                };
            }
        };
    }

    private SicsHttp.Exchange send(SicsRequest request, String token) {
        return http.send(request, Map.of(dialect.session().header(), token));
    }

    private boolean refusesSession(SicsHttp.Exchange exchange) {
        return exchange instanceof SicsHttp.Exchange.Answered(var status, var body)
                && dialect.answer().sessionRefused().fits(status, errorCode(body));
    }

    private SicsAnswer<JsonNode> judge(SicsRequest request, SicsHttp.Exchange exchange) {
        return switch (exchange) {
            case SicsHttp.Exchange.Broken(var problem) -> new SicsAnswer.Failed<>(problem);
            case SicsHttp.Exchange.Answered(var status, var body) -> {
                int code = errorCode(body);
                var signs = dialect.answer();
                if (signs.wrongCredentials().fits(status, code)) {
                    yield new SicsAnswer.Failed<>(wrongCredentials());
                }
                if (signs.sessionRefused().fits(status, code)) {
                    yield new SicsAnswer.Failed<>(new AcmpProblem(AcmpProblem.Kind.SESSION_REFUSED, which(),
                            "SICS refused a session that it had just opened (" + said(status, body) + ")",
                            "Check that the SICS user may use the Public API, and session.header in the dialect file"));
                }
                if (signs.notFound().fits(status, code)) {
                    yield new SicsAnswer.Missing<>();
                }
                if (isSuccess(status) && code == 0) {
                    yield new SicsAnswer.Ok<>(body);
                }
                yield new SicsAnswer.Failed<>(new AcmpProblem(AcmpProblem.Kind.REFUSED_BY_SICS, which(),
                        "SICS refused " + request + " (" + said(status, body) + ")",
                        "Check SICS's log, and compare the dialect file with your version of SICS"));
            }
        };
    }

    private SicsSession.Login logIn() {
        var request = dialect.request(SicsCall.OPEN_SESSION, Map.of(SicsCall.Slot.USER_NAME, connection.userName(),
                SicsCall.Slot.PASSWORD, connection.password()));
        return switch (http.send(request, Map.of())) {
            case SicsHttp.Exchange.Broken(var problem) -> new SicsSession.Login.Failed(problem);
            case SicsHttp.Exchange.Answered(var status, var body) -> login(request, status, body);
        };
    }

    private SicsSession.Login login(SicsRequest request, int status, JsonNode body) {
        int code = errorCode(body);
        if (dialect.answer().wrongCredentials().fits(status, code)
                || dialect.answer().sessionRefused().fits(status, code)) {
            LOG.warn("SICS at {} refused user {}; not tried again for {}", connection.url(), connection.userName(),
                    SicsSession.PAUSE_AFTER_REFUSAL);
            return new SicsSession.Login.Failed(wrongCredentials());
        }
        if (!isSuccess(status) || code != 0) {
            // SICS's own words are left out here: they might repeat the password.
            return new SicsSession.Login.Failed(new AcmpProblem(AcmpProblem.Kind.REFUSED_BY_SICS, which(),
                    "SICS answered " + request + " with HTTP " + status + (code == 0 ? "" : " and error code " + code),
                    "Check that SICS's REST interface listens at this address, and calls.open-session in the dialect file"));
        }
        var token = body.path(dialect.session().token()).asString("");
        if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            return new SicsSession.Login.Failed(new AcmpProblem(AcmpProblem.Kind.MALFORMED_REPLY, which(),
                    "SICS's answer to " + request + " holds no usable text named " + dialect.session().token(),
                    "Check session.token in the dialect file"));
        }
        LOG.debug("Session opened at {} for user {}", connection.url(), connection.userName());
        return new SicsSession.Login.Session(token);
    }

    private SicsAnswer<List<String>> messages(JsonNode body) {
        var name = dialect.answer().messages();
        var list = body.path(name);
        var messages = new ArrayList<String>();
        boolean readable = list.isArray() || list.isNull() || list.isMissingNode();
        for (var message : list) {
            readable &= message.isString();
            messages.add(message.asString(""));
        }
        return readable
                ? new SicsAnswer.Ok<>(messages)
                : new SicsAnswer.Failed<>(new AcmpProblem(AcmpProblem.Kind.MALFORMED_REPLY, which(),
                        "SICS handed over messages in which " + name + " is not a list of texts",
                        "Check answer.messages in the dialect file"));
    }

    private AcmpProblem wrongCredentials() {
        return new AcmpProblem(AcmpProblem.Kind.WRONG_CREDENTIALS, "acmp.sics.username, acmp.sics.password",
                "SICS at " + connection.url() + " does not accept user '" + connection.userName()
                        + "' with this password",
                "Correct both and restart; so that the user is not locked, the log-in is repeated only every "
                        + SicsSession.PAUSE_AFTER_REFUSAL.toMinutes() + " minutes");
    }

    private String said(int status, JsonNode body) {
        var words = body.path(dialect.answer().text()).asString("").strip().replaceAll("\\p{Cntrl}", " ");
        return "HTTP " + status + ", error code " + errorCode(body) + (words.isEmpty()
                ? ""
                : ": " + words.substring(0, Math.min(words.length(), LONGEST_QUOTE)));
    }

    private int errorCode(JsonNode body) {
        return body.path(dialect.answer().errorCode()).asInt(0);
    }

    private String which() {
        return "acmp.sics.url " + connection.url();
    }

    private static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
