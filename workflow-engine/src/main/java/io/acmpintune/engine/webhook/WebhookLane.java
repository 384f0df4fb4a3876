package io.acmpintune.engine.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.runtime.lane.LaneRun;

/**
 * Sends due deliveries to one receiver, the longest due first. If the process dies before it stores an answer, the delivery is sent
 * again with the same ID.
 */
final class WebhookLane {

    private static final Logger log = LoggerFactory.getLogger(WebhookLane.class);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration RETENTION = Duration.ofDays(30);

    private final Webhook webhook;
    private final WebhookSender sender;
    private final DeliveryRepository deliveries;
    private final InstantSource clock;

    WebhookLane(Webhook webhook, WebhookSender sender, DeliveryRepository deliveries, InstantSource clock) {
        this.webhook = webhook;
        this.sender = sender;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    Duration run(LaneRun run) {
        run.write(() -> deliveries.deleteEnded(webhook.name(), clock.instant().minus(RETENTION)));
        Optional<DeliveryRepository.Due> due = deliveries.due(webhook.name(), clock.instant());
        while (due.isPresent() && !run.stopping()) {
            send(run, due.get());
            due = deliveries.due(webhook.name(), clock.instant());
        }
        Duration pause = deliveries.nextDue(webhook.name())
                .map(next -> Duration.between(clock.instant(), next))
                .filter(until -> until.compareTo(POLL) < 0)
                .orElse(POLL);
        return pause.isNegative() ? Duration.ZERO : pause;
    }

    private void send(LaneRun run, DeliveryRepository.Due due) {
        DeliveryAttempt attempt;
        try {
            attempt = sender.send(due, clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The service stops while it sends to webhook " + webhook);
        }
        switch (attempt) {
            case DeliveryAttempt.Accepted(int status) -> run.write(() -> deliveries.attempted(due.id(),
                    Delivery.State.DELIVERED, status, null, clock.instant(), null));
            case DeliveryAttempt.Refused(int status, String problem) -> failed(run, due, status, problem);
            case DeliveryAttempt.NotAnswered(String problem) -> failed(run, due, null, problem);
        }
    }

    private void failed(LaneRun run, DeliveryRepository.Due due, @Nullable Integer status, String problem) {
        Instant now = clock.instant();
        Optional<Instant> next = RetrySchedule.after(due.attempts() + 1, now, due.giveUpAt());
        run.write(() -> deliveries.attempted(due.id(),
                next.isPresent() ? Delivery.State.WAITING : Delivery.State.GIVEN_UP, status, problem, now,
                next.orElse(null)));
        if (next.isEmpty()) {
            log.warn("Gave up a delivery after {} h: {} (webhook={}, delivery={}, event={})",
                    RetrySchedule.FOR.toHours(),
                    problem, webhook, due.id(), due.event().text());
        }
    }
}
