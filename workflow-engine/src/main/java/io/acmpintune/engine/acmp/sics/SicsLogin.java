package io.acmpintune.engine.acmp.sics;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Opens sessions with SICS. User name and password are seen by nothing else. */
final class SicsLogin {

    private static final Logger log = LoggerFactory.getLogger(SicsLogin.class);

    private final SicsConnection connection;
    private final SicsDialect dialect;
    private final SicsTransport transport;
    private final SicsResponseReader answers;

    SicsLogin(SicsConnection connection, SicsDialect dialect, SicsTransport transport, SicsResponseReader answers) {
        this.connection = connection;
        this.dialect = dialect;
        this.transport = transport;
        this.answers = answers;
    }

    /** Opens one session, or says why SICS did not. */
    SicsSession.Login logIn() {
        SicsRequest request = dialect.request(SicsCall.OPEN_SESSION,
                Map.of(SicsCall.Parameter.USER_NAME, connection.userName(),
                        SicsCall.Parameter.PASSWORD, connection.password()));
        return switch (transport.send(request, Map.of())) {
            case SicsHttp.Exchange.Failed(var problem) -> new SicsSession.Login.Failed(problem);
            case SicsHttp.Exchange.Responded(var status, var body) -> login(request, status, body);
        };
    }

    private SicsSession.Login login(SicsRequest request, int status, JsonNode body) {
        int code = answers.errorCode(body);
        if (dialect.answer().wrongCredentials().matches(status, code)
                || dialect.answer().sessionRefused().matches(status, code)) {
            log.warn("SICS at {} refused user {}; not tried again for {}", connection.url(), connection.userName(),
                    SicsSession.PAUSE_AFTER_REFUSAL);
            return new SicsSession.Login.Failed(answers.wrongCredentials());
        }
        if (!SicsResponseReader.isSuccess(status) || code != 0) {
            // SICS's own words are left out here: they might repeat the password.
            return new SicsSession.Login.Failed(new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    answers.which(),
                    "SICS answered " + request + " with HTTP " + status + (code == 0 ? "" : " and error code " + code),
                    "Check that SICS's REST interface listens at this address, and calls.open-session in the dialect file"));
        }
        String token = body.path(dialect.session().token()).asString("");
        if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            return new SicsSession.Login.Failed(
                    new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, answers.which(),
                            "SICS's answer to " + request + " holds no usable text named " + dialect.session().token(),
                            "Check session.token in the dialect file"));
        }
        log.debug("Session opened at {} for user {}", connection.url(), connection.userName());
        return new SicsSession.Login.Session(token);
    }
}
