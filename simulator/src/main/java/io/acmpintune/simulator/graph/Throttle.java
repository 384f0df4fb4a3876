package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.simulator.web.Response;

/**
 * Enforces Graph's limits for Intune devices by the simulator's clock: in 20 seconds 200 writes and 2,000 requests per
 * application, 400 and 4,000 per tenant. The items of a batch count, the batch itself does not. Source: Graph's article
 * on throttling.
 */
public final class Throttle {

    private static final Duration SPAN = Duration.ofSeconds(20);
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final RequestLimits limits;
    private final InstantSource clock;
    private final Map<String, Quota> applications = new HashMap<>();
    private final Quota tenant = new Quota(400, 4000);

    Throttle(RequestLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    private static final class Quota {

        private final SlidingWindow writes;
        private final SlidingWindow requests;

        Quota(int writes, int requests) {
            this.writes = new SlidingWindow(writes, SPAN);
            this.requests = new SlidingWindow(requests, SPAN);
        }

        Duration count(boolean write, Instant now) {
            Duration request = requests.count(now);
            Duration further = write ? writes.count(now) : Duration.ZERO;
            return request.compareTo(further) > 0 ? request : further;
        }
    }

    /**
     * Counts requests of the tenant's other applications, which use up the tenant's limits but not the application's.
     */
    public synchronized void countOthers(int writes, int reads) {
        Instant now = clock.instant();
        for (int i = 0; i < writes + reads; i++) {
            tenant.count(i < writes, now);
        }
    }

    /** Counts the call, and refuses it if it exceeds a limit. */
    Optional<Response> refusal(GraphCall call) {
        Duration wait = limits.enforced() ? count(call) : Duration.ZERO;
        return wait.isPositive() ? Optional.of(refused(call, wait)) : Optional.empty();
    }

    private synchronized Duration count(GraphCall call) {
        boolean write = WRITES.contains(call.request().method());
        Duration own = applications.computeIfAbsent(call.application(), a -> new Quota(200, 2000))
                .count(write, call.at());
        Duration all = tenant.count(write, call.at());
        return own.compareTo(all) > 0 ? own : all;
    }

    private Response refused(GraphCall call, Duration wait) {
        Response answer = GraphError.plain(call, 429, "TooManyRequests", "An error has occurred.");
        return header(call, wait).map(value -> answer.withHeader("Retry-After", value)).orElse(answer);
    }

    private Optional<String> header(GraphCall call, Duration wait) {
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return switch (limits.retryAfter()) {
            case SECONDS -> Optional.of(Long.toString(seconds));
            case FRACTION -> {
                long millis = wait.plusMillis(1).minusNanos(1).toMillis();
                yield Optional.of("%d.%03d".formatted(millis / 1000, millis % 1000));
            }
            // A date has whole seconds only. It is rounded up, so that no client retries too early.
            case DATE -> Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME
                    .format(call.at().plus(wait).plusSeconds(1).minusNanos(1).atOffset(ZoneOffset.UTC)));
            case OMITTED -> Optional.empty();
        };
    }
}
