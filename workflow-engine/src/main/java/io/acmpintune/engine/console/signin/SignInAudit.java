package io.acmpintune.engine.console.signin;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.person.Persons;
import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.runtime.access.Identity;

/** Records sign-ins and failures. Unknown names are not recorded, since one may be a password typed into the wrong field. */
@Component
class SignInAudit {

    private static final Logger log = LoggerFactory.getLogger(SignInAudit.class);

    private final Persons persons;
    private final Audit audit;
    private final Webhooks webhooks;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    SignInAudit(Persons persons, Audit audit, Webhooks webhooks, TransactionOperations transactions,
            InstantSource clock) {
        this.persons = persons;
        this.audit = audit;
        this.webhooks = webhooks;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param login a readable name that is not part of the key; null = none */
    void signedIn(Identity person, @Nullable String login) {
        transactions.executeWithoutResult(_ -> {
            persons.remember(person.key(), person.displayName(), login, clock.instant());
            audit.record(AuditEvent.of(AuditEventType.SIGNED_IN, person.key()));
        });
    }

    void signedOut(String identity) {
        record(AuditEvent.of(AuditEventType.SIGNED_OUT, identity));
    }

    /** @param before the failures before this one */
    void failed(Optional<LocalUser> named, SignInPace.Failures before) {
        AuditEvent failure = AuditEvent.of(AuditEventType.SIGN_IN_FAILED, AuditEvent.SYSTEM)
                .onBehalfOf(identity(named));
        if (!SignInPace.isNotable(before)) {
            record(failure);
            return;
        }
        int ofName = before.ofName() + 1;
        int ofAddress = before.ofAddress() + 1;
        log.warn("Sign-ins fail repeatedly (ofName={}, ofAddress={}, minutes={})", ofName, ofAddress,
                SignInPace.WINDOW.toMinutes());
        transactions.executeWithoutResult(_ -> {
            webhooks.enqueue(new WebhookEvent.SignInsFailing(WebhookEvent.EVERYWHERE, ofName, ofAddress,
                    SignInPace.WINDOW.toSeconds()));
            audit.record(List.of(failure, AuditEvent.of(AuditEventType.SIGN_INS_FAILING, AuditEvent.SYSTEM)
                    .onBehalfOf(identity(named))
                    .changing(null,
                            AuditValues.none()
                                    .with("ofName", ofName)
                                    .with("ofAddress", ofAddress)
                                    .with("windowSeconds", SignInPace.WINDOW.toSeconds()))));
        });
    }

    void failedAtProvider() {
        record(AuditEvent.of(AuditEventType.SIGN_IN_FAILED, AuditEvent.SYSTEM).onBehalfOf(identity(Optional.empty())));
    }

    private void record(AuditEvent event) {
        transactions.executeWithoutResult(_ -> audit.record(event));
    }

    private static String identity(Optional<LocalUser> named) {
        return named.map(LocalUser::key).orElse("unknown");
    }
}
