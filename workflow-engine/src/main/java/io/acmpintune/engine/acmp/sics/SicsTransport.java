package io.acmpintune.engine.acmp.sics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls to SICS. If the operator allows it, calls to an https address go unencrypted to the same host and port while no
 * TLS connection can be made, an option that ACMP itself has; TLS is tried again from time to time. Otherwise nothing is ever
 * sent unencrypted to an https address.
 */
final class SicsTransport implements AutoCloseable {

    static final Duration TLS_RETRY_INTERVAL = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(SicsTransport.class);

    private final SicsConnection connection;
    private final SicsHttp regular;
    private final @Nullable SicsHttp unencrypted;
    private final SicsPortProbe socket;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable UnencryptedFallback fallback;

    /** @param trust the authorities trusted for TLS; null for the JDK's own */
    SicsTransport(SicsConnection connection, @Nullable SSLContext trust, InstantSource clock) {
        this.connection = connection;
        this.regular = new SicsHttp(connection, trust);
        this.unencrypted = connection.mayFallBack() ? new SicsHttp(connection.unencrypted(), null) : null;
        this.socket = new SicsPortProbe(connection, trust);
        this.clock = clock;
    }

    /**
     * Sends a request; a second time, unencrypted, if TLS failed and that is allowed.
     *
     * @param headers further headers, such as the session's
     */
    SicsHttp.Exchange send(SicsRequest request, Map<String, String> headers) {
        SicsHttp inClear = unencrypted;
        if (inClear == null) {
            return regular.send(request, headers);
        }
        if (staysUnencrypted()) {
            return inClear.send(request, headers);
        }
        SicsHttp.Exchange exchange = regular.send(request, headers);
        Optional<ConnectionProblem> why = whyNoTls(exchange);
        if (why.isEmpty()) {
            return exchange;
        }
        SicsHttp.Exchange second = inClear.send(request, headers);
        if (!isSics(second)) {
            return exchange;
        }
        begin(why.get());
        return second;
    }

    /** Returns the fallback in force; empty if calls are encrypted or the address is an http one. */
    Optional<UnencryptedFallback> fallback() {
        lock.lock();
        try {
            return Optional.ofNullable(fallback);
        } finally {
            lock.unlock();
        }
    }

    SicsPortProbe socket() {
        return socket;
    }

    /** Aborts every exchange in progress. */
    @Override
    public void close() {
        regular.close();
        if (unencrypted != null) {
            unencrypted.close();
        }
    }

    private boolean staysUnencrypted() {
        lock.lock();
        try {
            UnencryptedFallback present = fallback;
            if (present == null) {
                return false;
            }
            if (clock.instant().isBefore(present.retryAt())) {
                return true;
            }
            // Postponed first, so that only one caller tries TLS while the others continue.
            fallback = new UnencryptedFallback(present.since(), present.because(),
                    clock.instant().plus(TLS_RETRY_INTERVAL));
        } finally {
            lock.unlock();
        }
        if (!(socket.handshake() instanceof SicsPortProbe.Handshake.Completed)) {
            return true;
        }
        lock.lock();
        try {
            fallback = null;
        } finally {
            lock.unlock();
        }
        log.info("Calls to SICS use TLS again (url={})", connection.url());
        return false;
    }

    /** A port without TLS may also time out, waiting for the rest of what it takes for a request. */
    private Optional<ConnectionProblem> whyNoTls(SicsHttp.Exchange exchange) {
        if (!(exchange instanceof SicsHttp.Exchange.Failed(var problem))) {
            return Optional.empty();
        }
        return switch (problem.kind()) {
            case TLS_FAILED -> Optional.of(problem);
            case UNREACHABLE -> socket.handshake() instanceof SicsPortProbe.Handshake.Failed(var why)
                    ? Optional.of(why)
                    : Optional.empty();
            case WRONG_CREDENTIALS, SESSION_REFUSED, ADDRESS_UNKNOWN, REFUSED_BY_SICS, NO_REPLY, MALFORMED_REPLY,
                    CLOSED ->
                Optional.empty();
        };
    }

    /** Many web servers answer http on their https port, but only with an error. */
    private static boolean isSics(SicsHttp.Exchange exchange) {
        return exchange instanceof SicsHttp.Exchange.Responded(var status, var body)
                && (SicsResponseReader.isSuccess(status) || body.isObject());
    }

    private void begin(ConnectionProblem why) {
        lock.lock();
        try {
            Instant now = clock.instant();
            fallback = new UnencryptedFallback(fallback == null ? now : fallback.since(), why,
                    now.plus(TLS_RETRY_INTERVAL));
        } finally {
            lock.unlock();
        }
        log.warn("Calls to SICS go unencrypted, as acmp.sics.allow-unencrypted permits: {}", why.text());
    }
}
