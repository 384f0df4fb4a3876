package io.acmpintune.engine.acmp.sics;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Understands what SICS answers, by the response that the dialect names. */
final class SicsResponseReader {

    private static final int LONGEST_QUOTE = 200;

    private final SicsConnection connection;
    private final SicsDialect.Answer response;

    SicsResponseReader(SicsConnection connection, SicsDialect dialect) {
        this.connection = connection;
        this.response = dialect.answer();
    }

    /** Whether SICS says that the session is missing or dead. */
    boolean isSessionRefused(SicsHttp.Exchange exchange) {
        return exchange instanceof SicsHttp.Exchange.Responded(var status, var body)
                && response.sessionRefused().matches(status, errorCode(body));
    }

    /** What an exchange within a session came to. */
    SicsResult<JsonNode> judge(SicsRequest request, SicsHttp.Exchange exchange) {
        return switch (exchange) {
            case SicsHttp.Exchange.Failed(var problem) -> new SicsResult.Failed<>(problem);
            case SicsHttp.Exchange.Responded(var status, var body) -> {
                int code = errorCode(body);
                if (response.wrongCredentials().matches(status, code)) {
                    yield new SicsResult.Failed<>(wrongCredentials());
                }
                if (response.sessionRefused().matches(status, code)) {
                    yield new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.SESSION_REFUSED, which(),
                            "SICS refused a session that it had just opened (" + said(status, body) + ")",
                            "Check that the SICS user may use the Public API, and session.header in the dialect file"));
                }
                if (response.notFound().matches(status, code)) {
                    yield new SicsResult.NotFound<>();
                }
                if (isSuccess(status) && code == 0) {
                    yield new SicsResult.Ok<>(body);
                }
                yield new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS, which(),
                        "SICS refused " + request + " (" + said(status, body) + ")",
                        "Check SICS's log, and compare the dialect file with your version of SICS"));
            }
        };
    }

    /** The messages in the answer to a consume call. */
    SicsResult<List<String>> messages(JsonNode body) {
        String name = response.messages();
        JsonNode list = body.path(name);
        ArrayList<String> messages = new ArrayList<String>();
        boolean readable = list.isArray() || list.isNull() || list.isMissingNode();
        for (JsonNode message : list) {
            readable &= message.isString();
            messages.add(message.asString(""));
        }
        return readable
                ? new SicsResult.Ok<>(messages)
                : new SicsResult.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, which(),
                        "SICS handed over messages in which " + name + " is not a list of texts",
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

    private String said(int status, JsonNode body) {
        String words = body.path(response.text()).asString("").strip().replaceAll("\\p{Cntrl}", " ");
        return "HTTP " + status + ", error code " + errorCode(body) + (words.isEmpty()
                ? ""
                : ": " + words.substring(0, Math.min(words.length(), LONGEST_QUOTE)));
    }

    int errorCode(JsonNode body) {
        return body.path(response.errorCode()).asInt(0);
    }

    String which() {
        return "acmp.sics.url " + connection.url();
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
