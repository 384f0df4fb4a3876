package io.acmpintune.engine.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.webhook.Delivery;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Lists the deliveries to webhooks, and sends them again. */
@RestController
class WebhookController {

    private final Webhooks webhooks;
    private final Audit audit;
    private final TransactionOperations transactions;

    WebhookController(Webhooks webhooks, Audit audit, TransactionOperations transactions) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** A page of deliveries, newest first; {@code next} is the next page's {@code before}, null on the last page. */
    record DeliveryPage(List<Delivery> deliveries, @Nullable Long next) {}

    @GetMapping("/api/v1/webhook-deliveries")
    DeliveryPage page(@RequestParam(required = false) @Nullable String webhook,
            @RequestParam(required = false) Delivery.@Nullable State state,
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "100") int limit) {
        Parameters.limit(limit);
        if (webhook != null && !webhook.matches("[A-Za-z0-9._-]{1,64}")) {
            throw InvalidRequest.of("webhook", "must be the name of a webhook");
        }
        List<Delivery> page = webhooks.page(webhook, state, before == null ? Long.MAX_VALUE : before, limit);
        return new DeliveryPage(page, page.size() < limit ? null : page.getLast().number());
    }

    /** Sends a delivery again; answers 409 if its webhook is no longer configured. */
    @PostMapping("/api/v1/webhook-deliveries/{id}/redelivery")
    ResponseEntity<Delivery> redeliver(@PathVariable UUID id, Identity caller) {
        return ResponseEntity.accepted().body(transactions.execute(_ -> {
            Delivery delivery = webhooks.redeliver(id)
                    .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_DELIVERY,
                            "There is no delivery " + id + ".",
                            "Use an ID of GET /api/v1/webhook-deliveries, which lists ended deliveries for 30 days.")));
            if (!webhooks.isConfigured(delivery.webhook())) {
                throw new ProblemException(Problem.of(ProblemKind.UNKNOWN_WEBHOOK,
                        "The webhook " + delivery.webhook()
                                + " is no longer configured, so the delivery cannot be sent.",
                        "Configure the webhook under engine.webhooks again."));
            }
            audit.record(AuditEvent.of(AuditEventType.WEBHOOK_REDELIVERY_REQUESTED, caller.key())
                    .to(AuditTarget.Kind.WEBHOOK_DELIVERY, id.toString()));
            return delivery;
        }));
    }
}
