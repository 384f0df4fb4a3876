package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.sics.CredentialRefusal;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.engine.acmp.sics.UnencryptedFallback;

/**
 * Opens connections to all ACMP servers behind one SICS. A program has one gateway because all connections share one
 * session. They share nothing that waits for an ACMP server, so that a slow server delays no other.
 */
public final class AcmpGateway implements AutoCloseable {

    /** A user waits for the result of a probe. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(30);

    private final SicsConnection connection;
    private final SicsClient sics;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final List<Acmp> opened = new CopyOnWriteArrayList<>();
    private final Map<AcmpServer, CredentialRefusals> refusals = new ConcurrentHashMap<>();

    /**
     * A gateway; nothing is sent before the first command.
     *
     * @param connection address and credentials of SICS
     * @param dialect the names that SICS's REST interface uses
     * @param trust the authorities trusted for TLS, from an SSL bundle; null for the JDK's own
     */
    public AcmpGateway(SicsConnection connection, SicsDialect dialect, @Nullable SSLContext trust,
            InstantSource clock) {
        this(connection, new SicsClient(connection, dialect, trust, clock), clock,
                Thread::sleep);
    }

    AcmpGateway(SicsConnection connection, SicsClient sics, InstantSource clock, Sleeper sleeper) {
        this.connection = connection;
        this.sics = sics;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Opens a connection to a server with its own reply address; closed by the caller or with the gateway. */
    public Acmp open(AcmpServer server) {
        return open(server, connection.replyTimeout(), false);
    }

    /** Returns a probe of each step on the way to ACMP, for a user. */
    public ConnectionProbe probe() {
        Duration replyTimeout = connection.replyTimeout();
        return new ConnectionProbe(connection, sics, server -> open(server,
                replyTimeout.compareTo(LONGEST_PROBE) < 0 ? replyTimeout : LONGEST_PROBE, true));
    }

    /** Returns what is known about the connection without calling SICS. */
    public ConnectionStatus status() {
        Map<String, CredentialRefusal> servers = new HashMap<>();
        refusals.forEach(
                (server, refusal) -> refusal.current().ifPresent(present -> servers.put(server.id(), present)));
        UnencryptedFallback fallback = sics.fallback().orElse(null);
        return new ConnectionStatus(connection.url(), connection.isEncrypted() && fallback == null, fallback,
                sics.refusal().orElse(null), servers);
    }

    /** Returns the inbox of query actions. */
    public QueryActionInbox inbox(QueryActionAddress address) {
        return new QueryActionInbox(address, sics);
    }

    /** Closes every connection, removing our reply addresses from SICS, and aborts calls in progress. */
    @Override
    public void close() {
        opened.forEach(Acmp::close);
        sics.close();
    }

    private Acmp open(AcmpServer server, Duration replyTimeout, boolean ignoreRefusal) {
        AcmpCommands acmp = new AcmpCommands(new AcmpChannel(server, sics, replyTimeout, clock, sleeper),
                new ServerProblems(server), refusals.computeIfAbsent(server, _ -> new CredentialRefusals(clock)),
                ignoreRefusal, opened::remove);
        opened.add(acmp);
        return acmp;
    }
}
