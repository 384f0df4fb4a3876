package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.util.Collection;

import io.acmpintune.engine.acmp.icql.MalformedReplyException;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/** Problems with one ACMP server, described for operators. */
final class ServerProblems {

    private final AcmpServer server;

    ServerProblems(AcmpServer server) {
        this.server = server;
    }

    ConnectionProblem noReply(String command, Duration timeout, Collection<String> foreign) {
        return problem(ConnectionProblem.Kind.NO_REPLY,
                "no reply to " + command + " within " + timeout.toMillis() + " ms"
                        + (foreign.isEmpty() ? "" : ", only messages that answer other commands: " + foreign),
                "Check in ACMP under System > Settings > ACMP Server > SICS Connection that the server is connected to SICS and that"
                        + " 'Public API access rights' is ticked, and that virtual-router and routing-key are the ones it listens under");
    }

    ConnectionProblem malformed(String command, MalformedReplyException flaw) {
        return problem(ConnectionProblem.Kind.MALFORMED_REPLY,
                "the reply to " + command + " is unusable: " + flaw.getMessage(),
                "Check that this ACMP version has " + command + " in the version used here; the command is repeated");
    }

    ConnectionProblem wrongCredentials() {
        return problem(ConnectionProblem.Kind.WRONG_CREDENTIALS,
                "the ACMP server does not accept the SICS user's name or password (result code 15)",
                "Correct acmp.sics.username and acmp.sics.password and restart, or correct the user in ACMP and check the"
                        + " connection by POST /api/v1/sics/verification; nothing else is sent to this server within "
                        + CredentialRefusals.PAUSE.toMinutes() + " minutes");
    }

    ConnectionProblem addressUnknown() {
        return problem(ConnectionProblem.Kind.ADDRESS_UNKNOWN,
                "SICS has no virtual router named '" + server.virtualRouter() + "'",
                "Correct acmp.servers." + server.id()
                        + ".virtual-router; after a restart of SICS it appears when the ACMP server has connected again");
    }

    ConnectionProblem noReplyTarget() {
        return problem(ConnectionProblem.Kind.REFUSED_BY_SICS,
                "SICS twice answered 'not found' about our own reply target",
                "Nothing to do if SICS was just restarted; otherwise check acmp.sics.url, and create-virtual-router,"
                        + " create-target and consume in the dialect file");
    }

    ConnectionProblem closed() {
        return problem(ConnectionProblem.Kind.CLOSED, "this program is stopping",
                "Nothing to do: work continues after the next start");
    }

    private ConnectionProblem problem(ConnectionProblem.Kind kind, String why, String remedy) {
        return new ConnectionProblem(kind, "acmp.servers." + server.id() + " (virtual router '" + server.virtualRouter()
                + "', routing key '" + server.routingKey() + "')", why, remedy);
    }
}
