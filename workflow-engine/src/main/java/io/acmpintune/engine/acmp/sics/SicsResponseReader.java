package io.acmpintune.engine.acmp.sics;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Interprets the responses of SICS by the criteria of the dialect. */
final class SicsResponseReader {

    private static final int MAX_QUOTE_LENGTH = 200;

    private final SicsConnection connection;
    private final SicsDialect.Answer response;

    SicsResponseReader(SicsConnection connection, SicsDialect dialect) {
        this.connection = connection;
        this.response = dialect.answer();
    }

    /** Whether SICS reports that the session is missing or has ended. */
    boolean isSessionRefused(SicsHttp.Exchange exchange) {
        return exchange instanceof SicsHttp.Exchange.Responded(var status, var body)
                && response.sessionRefused().matches(status, errorCode(body));
    }

    /** Returns the outcome of a call within a session. */
    SicsResult<JsonNode> resultOf(SicsRequest request, SicsHttp.Exchange exchange) {
        return switch (exchange) {
            case SicsHttp.Exchange.Failed(var problem) -> new SicsResult.Failed<>(problem);
            case SicsHttp.Exchange.Responded(var status, var body) -> {
                int code = errorCode(body);
                if (response.wrongCredentials().matches(status, code)) {
                    yield new SicsResult.Failed<>(wrongCredentials());
                }
                if (response.sessionRefused().matches(status, code)) {
                    yield new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.SESSION_REFUSED,
                            location(),
                            "SICS refused a session that it had just opened (" + describe(status, body) + ")",
                            "Check that the SICS user may use the Public API, and session.header in the dialect file"));
                }
                if (response.notFound().matches(status, code)) {
                    yield new SicsResult.NotFound<>();
                }
                if (isSuccess(status) && code == 0) {
                    yield new SicsResult.Ok<>(body);
                }
                yield new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS, location(),
                        "SICS refused " + request + " (" + describe(status, body) + ")",
                        "Check SICS's log, and compare the dialect file with your version of SICS"));
            }
        };
    }

    /** Returns the messages in the response to a consume call. */
    SicsResult<List<String>> messages(JsonNode body) {
        String name = response.messages();
        JsonNode list = body.path(name);
        List<String> messages = new ArrayList<>();
        boolean readable = list.isArray() || list.isNull() || list.isMissingNode();
        for (JsonNode message : list) {
            readable &= message.isString();
            messages.add(message.asString(""));
        }
        return readable
                ? new SicsResult.Ok<>(messages)
                : new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, location(),
                        "SICS answered with messages in which " + name + " is not a list of texts",
                        "Check answer.messages in the dialect file"));
    }

    ConnectionProblem wrongCredentials() {
        return new ConnectionProblem(ConnectionProblem.Kind.WRONG_CREDENTIALS, "acmp.sics.username, acmp.sics.password",
                "SICS at " + connection.url() + " does not accept user '" + connection.userName()
                        + "' with this password",
                "Correct both and restart, or correct the user in SICS and check the connection by POST"
                        + " /api/v1/sics/verification; so that the user is not locked, nothing else logs in within "
                        + SicsSession.PAUSE_AFTER_REFUSAL.toMinutes() + " minutes");
    }

    private String describe(int status, JsonNode body) {
        String text = body.path(response.text()).asString("").strip().replaceAll("\\p{Cntrl}", " ");
        return "HTTP " + status + ", error code " + errorCode(body) + (text.isEmpty()
                ? ""
                : ": " + text.substring(0, Math.min(text.length(), MAX_QUOTE_LENGTH)));
    }

    int errorCode(JsonNode body) {
        return body.path(response.errorCode()).asInt(0);
    }

    String location() {
        return "acmp.sics.url " + connection.url();
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
