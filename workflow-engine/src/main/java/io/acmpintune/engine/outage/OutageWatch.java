package io.acmpintune.engine.outage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.runtime.lane.LaneRun;

/** The lane of one workflow that looks whether its connections work, and tells of each outage that lasts, once. */
final class OutageWatch {

    static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OutageWatch.class);

    private final BrokenConnections connections;
    private final OutageRepository outages;
    private final Webhooks webhooks;
    private final Duration after;
    private final InstantSource clock;

    /** @param after how long an outage lasts before anybody is told */
    OutageWatch(BrokenConnections connections, OutageRepository outages, Webhooks webhooks, Duration after,
            InstantSource clock) {
        this.connections = connections;
        this.outages = outages;
        this.webhooks = webhooks;
        this.after = after;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        Map<String, String> broken = connections.look();
        Instant now = clock.instant();
        lane.write(() -> {
            outages.note(lane.owner(), broken.keySet(), now);
            for (String connection : outages.tell(lane.owner(), now.minus(after), now)) {
                String problem = broken.getOrDefault(connection, "");
                log.error("{}: {} has not answered for {} minutes ({})", lane.owner(), connection, after.toMinutes(),
                        problem);
                webhooks.enqueue(new WebhookEvent.ConnectionBroken(lane.owner(), connection, problem));
            }
        });
        return BETWEEN_LOOKS;
    }
}
