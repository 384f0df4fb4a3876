package io.acmpintune.engine.acmp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.ReplyTarget;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsPortProbe;
import io.acmpintune.engine.acmp.sics.SicsResult;

/**
 * Tries each step on the way to ACMP once, for a user who wants to know what is wrong. It leaves nothing behind. It also tries
 * after a refusal of our credentials, when lanes send nothing, and success ends the refusal.
 */
public final class ConnectionProbe {

    private final SicsConnection connection;
    private final SicsClient sics;
    private final Function<AcmpServer, Acmp> lines;

    ConnectionProbe(SicsConnection connection, SicsClient sics, Function<AcmpServer, Acmp> lines) {
        this.connection = connection;
        this.sics = sics;
        this.lines = lines;
    }

    /** Resolves SICS's host name and connects to its port. */
    public Reach reach() {
        return switch (sics.socket().reach()) {
            case SicsPortProbe.Reach.Connected(var address) -> new Reach.Connected(address);
            case SicsPortProbe.Reach.Failed(var problem) -> new Reach.Failed(problem);
        };
    }

    /** Makes a TLS connection if SICS's address is an https one. */
    public Tls tls() {
        if (!connection.isEncrypted()) {
            return new Tls.NotUsed();
        }
        return switch (sics.socket().handshake()) {
            case SicsPortProbe.Handshake.Completed(var chain) -> new Tls.Established(chain.stream()
                    .map(certificate -> new Certificate(certificate.getSubjectX500Principal().getName(),
                            certificate.getNotAfter().toInstant()))
                    .toList());
            case SicsPortProbe.Handshake.Failed(var problem) -> new Tls.Failed(problem, connection.mayFallBack());
            case SicsPortProbe.Handshake.NotConnected(var problem) -> new Tls.Failed(problem, false);
        };
    }

    /** Logs in again; empty if SICS accepted the credentials. */
    public Optional<ConnectionProblem> logIn() {
        return sics.logInAgain();
    }

    /** Creates a virtual router and a target on it, and deletes both; empty if everything worked. */
    public Optional<ConnectionProblem> replyTarget() {
        ReplyTarget target = new ReplyTarget(UUID.randomUUID().toString(), UUID.randomUUID().toString());
        // All four regardless of failures, so that nothing is left behind.
        return Stream.of(sics.createVirtualRouter(target.virtualRouter()), sics.createTarget(target),
                sics.deleteTarget(target), sics.deleteVirtualRouter(target.virtualRouter()))
                .flatMap(answer -> switch (answer) {
                    case SicsResult.Ok<?> _ -> Stream.empty();
                    case SicsResult.NotFound<?> _ -> Stream.of(unknownTarget());
                    case SicsResult.Failed<?>(var problem) -> Stream.of(problem);
                })
                .findFirst();
    }

    /** Asks a server for the versions of commands. */
    public AcmpReply<CommandVersions> commandVersions(AcmpServer server, List<String> commands) {
        try (Acmp acmp = lines.apply(server)) {
            return acmp.commandVersions(commands);
        }
    }

    private ConnectionProblem unknownTarget() {
        return new ConnectionProblem(ConnectionProblem.Kind.REFUSED_BY_SICS, "acmp.sics.url " + connection.url(),
                "SICS answered 'not found' about a virtual router or target that was just made",
                "Check create-virtual-router, create-target, delete-target and delete-virtual-router in the dialect file");
    }

    /** Whether SICS's port is open. */
    public sealed interface Reach {

        /** @param address host name, resolved address and port */
        record Connected(String address) implements Reach {}

        record Failed(ConnectionProblem problem) implements Reach {}
    }

    /** The result of the TLS handshake. */
    public sealed interface Tls {

        /** SICS's address is an http one. */
        record NotUsed() implements Tls {}

        /** @param chain SICS's certificate first, as SICS sent them */
        record Established(List<Certificate> chain) implements Tls {

            public Established {
                chain = List.copyOf(chain);
            }
        }

        /** @param fallsBack whether calls go unencrypted instead */
        record Failed(ConnectionProblem problem, boolean fallsBack) implements Tls {}
    }

    /**
     * A certificate.
     *
     * @param subject the subject as an RFC 2253 name
     * @param until the end of its validity
     */
    public record Certificate(String subject, Instant until) {}
}
