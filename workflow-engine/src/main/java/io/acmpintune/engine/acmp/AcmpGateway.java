package io.acmpintune.engine.acmp;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * The way to all ACMP servers behind one SICS. There is one gateway in a program, because its servers share one session;
 * whoever needs to ask a server opens an {@link Acmp} of his own.
 */
public final class AcmpGateway implements AutoCloseable {

    private final SicsConnection connection;
    private final SicsClient sics;
    private final InstantSource clock;
    private final Pause pause;
    private final List<Acmp> opened = new CopyOnWriteArrayList<>();

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
        this(connection, new SicsClient(connection, dialect, new SicsHttp(connection, trust), clock), clock,
                Thread::sleep);
    }

    AcmpGateway(SicsConnection connection, SicsClient sics, InstantSource clock, Pause pause) {
        this.connection = connection;
        this.sics = sics;
        this.clock = clock;
        this.pause = pause;
    }

    /** A line to a server with a reply address of its own; the caller closes it, or the gateway does. */
    public Acmp open(AcmpServer server) {
        var acmp = new AcmpCommands(server, new AcmpChannel(server, sics, connection.replyTimeout(), clock, pause),
                opened::remove);
        opened.add(acmp);
        return acmp;
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
}
