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
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.audit.Target;
import io.acmpintune.engine.webhook.Delivery;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Deliveries to webhooks: how they stand, and sent again. */
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

    /** A page of deliveries, newest first; {@code next} is the {@code before} of the next page, null after the last. */
    record DeliveryPage(List<Delivery> deliveries, @Nullable Long next) {}

    @GetMapping("/api/v1/webhook-deliveries")
    DeliveryPage page(@RequestParam(required = false) @Nullable String webhook,
            @RequestParam(required = false) Delivery.@Nullable State state,
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "100") int limit) {
        Parameter.limit(limit);
        if (webhook != null && !webhook.matches("[A-Za-z0-9._-]{1,64}")) {
            throw InvalidRequest.of("webhook", "must be a webhook's name");
        }
        List<Delivery> page = webhooks.page(webhook, state, before == null ? Long.MAX_VALUE : before, limit);
        return new DeliveryPage(page, page.size() < limit ? null : page.getLast().number());
    }

    /** Has a delivery sent again; 202 with how it stands, 409 when its webhook left the configuration. */
    @PostMapping("/api/v1/webhook-deliveries/{id}/redelivery")
    ResponseEntity<Delivery> redeliver(@PathVariable UUID id, Identity caller) {
        return ResponseEntity.accepted().body(transactions.execute(_ -> {
            Delivery delivery = webhooks.redeliver(id)
                    .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_DELIVERY,
                            "There is no delivery " + id + ".",
                            "Use an id of GET /api/v1/webhook-deliveries; what ended is remembered for 30 days.")));
            if (!webhooks.isConfigured(delivery.webhook())) {
                throw new ProblemException(Problem.of(ProblemKind.UNKNOWN_WEBHOOK,
                        "The configuration has no webhook " + delivery.webhook() + " any more.",
                        "Configure it under engine.webhooks again, or leave the delivery."));
            }
            audit.record(AuditEvent.of(AuditedEvent.WEBHOOK_REDELIVERY_ORDERED, caller.name())
                    .to(Target.Kind.WEBHOOK_DELIVERY, id.toString()));
            return delivery;
        }));
    }
}
