package io.acmpintune.engine.webhook;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.runtime.lane.Lanes;

/** Enqueues events for webhooks, and lists their deliveries. */
public class Webhooks {

    static final String LANE = "send-webhooks";

    private final List<Webhook> receivers;
    private final DeliveryRepository deliveries;
    private final Lanes lanes;
    private final JsonMapper json;
    private final InstantSource clock;

    Webhooks(List<Webhook> receivers, DeliveryRepository deliveries, Lanes lanes, JsonMapper json,
            InstantSource clock) {
        this.receivers = List.copyOf(receivers);
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Stores a delivery for every webhook that subscribes to the event. It is sent after the transaction commits.
     *
     * @throws IllegalStateException when no transaction is active
     */
    public void enqueue(WebhookEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A delivery needs the transaction of the change that it reports");
        }
        Instant now = clock.instant();
        for (Webhook receiver : receivers) {
            if (receiver.events().contains(event.type())) {
                UUID id = UUID.randomUUID();
                deliveries.add(id, receiver.name(), event.type(), body(id, event, now), now);
                wakeAfterCommit(receiver.name());
            }
        }
    }

    /** Returns a page, newest first; {@code before} is the last delivery read, {@link Long#MAX_VALUE} for the first page. */
    public List<Delivery> page(@Nullable String webhook, Delivery.@Nullable State state, long before, int limit) {
        return deliveries.page(webhook, state, before, limit);
    }

    /** Schedules a delivery again in the caller's transaction, in whichever state it is; empty if there is none. */
    public Optional<Delivery> redeliver(UUID id) {
        if (!deliveries.redeliver(id, clock.instant())) {
            return Optional.empty();
        }
        Optional<Delivery> waiting = deliveries.find(id);
        waiting.ifPresent(delivery -> wakeAfterCommit(delivery.webhook()));
        return waiting;
    }

    /** Returns whether the webhook is configured; others receive nothing. */
    public boolean isConfigured(String webhook) {
        return receivers.stream().anyMatch(receiver -> receiver.name().equals(webhook));
    }

    private String body(UUID id, WebhookEvent event, Instant now) {
        ObjectNode body = json.createObjectNode()
                .put("id", id.toString())
                .put("event", event.type().text())
                .put("at", now.toString());
        body.setAll((ObjectNode) json.valueToTree(event));
        return json.writeValueAsString(body);
    }

    private void wakeAfterCommit(String webhook) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                lanes.wake(LANE, webhook);
            }
        });
    }
}
