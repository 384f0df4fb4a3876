package io.acmpintune.engine.acmp.sics;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Opens sessions with SICS. No other class reads user name and password. */
final class SicsLogin {

    private static final Logger log = LoggerFactory.getLogger(SicsLogin.class);

    private final SicsConnection connection;
    private final SicsDialect dialect;
    private final SicsTransport transport;
    private final SicsResponseReader responses;

    SicsLogin(SicsConnection connection, SicsDialect dialect, SicsTransport transport, SicsResponseReader responses) {
        this.connection = connection;
        this.dialect = dialect;
        this.transport = transport;
        this.responses = responses;
    }

    /** Opens one session. */
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
        int code = responses.errorCode(body);
        if (dialect.answer().wrongCredentials().matches(status, code)
                || dialect.answer().sessionRefused().matches(status, code)) {
            log.warn("SICS refused user name or password; next attempt in {} (url={}, user={})",
                    SicsSession.PAUSE_AFTER_REFUSAL, connection.url(), connection.userName());
            return new SicsSession.Login.Failed(responses.wrongCredentials());
        }
        if (!SicsResponseReader.isSuccess(status) || code != 0) {
            // SICS's own explanation is left out because it might repeat the password.
            return new SicsSession.Login.Failed(new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    responses.location(),
                    "SICS answered " + request + " with HTTP " + status + (code == 0 ? "" : " and error code " + code),
                    "Check that SICS's REST interface listens at this address, and calls.open-session in the dialect file"));
        }
        String token = body.path(dialect.session().token()).asString("");
        if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            return new SicsSession.Login.Failed(
                    new ConnectionProblem(ConnectionProblem.Kind.MALFORMED_REPLY, responses.location(),
                            "SICS's answer to " + request + " holds no usable text named " + dialect.session().token(),
                            "Check session.token in the dialect file"));
        }
        log.debug("Opened a session (url={}, user={})", connection.url(), connection.userName());
        return new SicsSession.Login.Session(token);
    }
}
