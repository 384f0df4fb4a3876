package io.acmpintune.engine.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.runtime.lane.LaneRun;

/** Watches the connections of one workflow and notifies webhooks once of each outage that lasts. */
final class OutageWatch {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OutageWatch.class);

    private final Supplier<Map<String, String>> brokenConnections;
    private final OutageRepository outages;
    private final Webhooks webhooks;
    private final Duration notifyAfter;
    private final InstantSource clock;

    /**
     * @param brokenConnections the kind of problem by connection
     * @param notifyAfter how long an outage lasts before webhooks are notified
     */
    OutageWatch(Supplier<Map<String, String>> brokenConnections, OutageRepository outages, Webhooks webhooks,
            Duration notifyAfter, InstantSource clock) {
        this.brokenConnections = brokenConnections;
        this.outages = outages;
        this.webhooks = webhooks;
        this.notifyAfter = notifyAfter;
        this.clock = clock;
    }

    Duration run(LaneRun lane) {
        Map<String, String> broken = brokenConnections.get();
        Instant now = clock.instant();
        lane.write(() -> {
            outages.replace(lane.owner(), broken.keySet(), now);
            for (String connection : outages.markNotified(lane.owner(), now.minus(notifyAfter), now)) {
                String problem = broken.getOrDefault(connection, "");
                log.error("{} has not answered for {} minutes (workflow={}, problem={})", connection,
                        notifyAfter.toMinutes(), lane.owner(), problem);
                webhooks.enqueue(new WebhookEvent.ConnectionBroken(lane.owner(), connection, problem));
            }
        });
        return INTERVAL;
    }
}
