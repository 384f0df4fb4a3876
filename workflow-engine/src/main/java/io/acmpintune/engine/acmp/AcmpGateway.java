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
 * The way to all ACMP servers behind one SICS. There is one gateway in a program, because its servers share one session;
 * whoever needs to ask a server opens an {@link Acmp} of his own. Lines share nothing that waits for an ACMP server, so that a
 * slow one holds up nobody else.
 */
public final class AcmpGateway implements AutoCloseable {

    /** A person waits for a probe's outcome. */
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
     * @param connection where SICS is and who we are there
     * @param dialect how SICS is spoken to
     * @param trust whom to trust for TLS, from an SSL bundle; null for the JDK's authorities
     * @param clock the time
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

    /** A line to a server with a reply address of its own; the caller closes it, or the gateway does. */
    public Acmp open(AcmpServer server) {
        return open(server, connection.replyTimeout(), false);
    }

    /** What a person can have looked at. */
    public ConnectionProbe probe() {
        Duration replyTimeout = connection.replyTimeout();
        return new ConnectionProbe(connection, sics, server -> open(server,
                replyTimeout.compareTo(LONGEST_PROBE) < 0 ? replyTimeout : LONGEST_PROBE, true));
    }

    /** How the way to ACMP fares, as far as it is known without asking. */
    public ConnectionStatus status() {
        Map<String, CredentialRefusal> servers = new HashMap<>();
        refusals.forEach(
                (server, refusal) -> refusal.current().ifPresent(present -> servers.put(server.id(), present)));
        UnencryptedFallback fallback = sics.fallback().orElse(null);
        return new ConnectionStatus(connection.url(), connection.isEncrypted() && fallback == null, fallback,
                sics.refusal().orElse(null), servers);
    }

    /** The target at which query actions arrive, and the way back. */
    public QueryActionInbox inbox(QueryActionAddress address) {
        return new QueryActionInbox(address, sics);
    }

    /** Closes every line, removing our reply addresses from SICS, and ends what is under way. */
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
