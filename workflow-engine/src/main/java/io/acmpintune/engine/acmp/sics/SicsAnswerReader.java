package io.acmpintune.engine.acmp.sics;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Understands what SICS answers, by the signs that the dialect names. */
final class SicsAnswerReader {

    private static final int LONGEST_QUOTE = 200;

    private final SicsConnection connection;
    private final SicsDialect.Answer signs;

    SicsAnswerReader(SicsConnection connection, SicsDialect dialect) {
        this.connection = connection;
        this.signs = dialect.answer();
    }

    /** Whether SICS says that the session is missing or dead. */
    boolean refuseSession(SicsHttp.Exchange exchange) {
        return exchange instanceof SicsHttp.Exchange.Answered(var status, var body)
                && signs.sessionRefused().fits(status, errorCode(body));
    }

    /** What an exchange within a session came to. */
    SicsAnswer<JsonNode> judge(SicsRequest request, SicsHttp.Exchange exchange) {
        return switch (exchange) {
            case SicsHttp.Exchange.Broken(var problem) -> new SicsAnswer.Failed<>(problem);
            case SicsHttp.Exchange.Answered(var status, var body) -> {
                int code = errorCode(body);
                if (signs.wrongCredentials().fits(status, code)) {
                    yield new SicsAnswer.Failed<>(wrongCredentials());
                }
                if (signs.sessionRefused().fits(status, code)) {
                    yield new SicsAnswer.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.SESSION_REFUSED, which(),
                            "SICS refused a session that it had just opened (" + said(status, body) + ")",
                            "Check that the SICS user may use the Public API, and session.header in the dialect file"));
                }
                if (signs.notFound().fits(status, code)) {
                    yield new SicsAnswer.Missing<>();
                }
                if (isSuccess(status) && code == 0) {
                    yield new SicsAnswer.Ok<>(body);
                }
                yield new SicsAnswer.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS, which(),
                        "SICS refused " + request + " (" + said(status, body) + ")",
                        "Check SICS's log, and compare the dialect file with your version of SICS"));
            }
        };
    }

    /** The messages in the answer to a consume call. */
    SicsAnswer<List<String>> messages(JsonNode body) {
        var name = signs.messages();
        var list = body.path(name);
        var messages = new ArrayList<String>();
        boolean readable = list.isArray() || list.isNull() || list.isMissingNode();
        for (var message : list) {
            readable &= message.isString();
            messages.add(message.asString(""));
        }
        return readable
                ? new SicsAnswer.Ok<>(messages)
                : new SicsAnswer.Failed<>(new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, which(),
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
        var words = body.path(signs.text()).asString("").strip().replaceAll("\\p{Cntrl}", " ");
        return "HTTP " + status + ", error code " + errorCode(body) + (words.isEmpty()
                ? ""
                : ": " + words.substring(0, Math.min(words.length(), LONGEST_QUOTE)));
    }

    int errorCode(JsonNode body) {
        return body.path(signs.errorCode()).asInt(0);
    }

    String which() {
        return "acmp.sics.url " + connection.url();
    }

    static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }
}
