package io.acmpintune.engine.console.signin;

import java.util.Optional;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;

/** Records sign-ins and failures. Unknown names are not recorded, since one may be a password typed into the wrong field. */
@Component
class SignInAudit {

    private final Audit audit;
    private final TransactionOperations transactions;

    SignInAudit(Audit audit, TransactionOperations transactions) {
        this.audit = audit;
        this.transactions = transactions;
    }

    void signedIn(String identity) {
        record(AuditEvent.of(AuditEventType.SIGNED_IN, identity));
    }

    void signedOut(String identity) {
        record(AuditEvent.of(AuditEventType.SIGNED_OUT, identity));
    }

    void failed(Optional<LocalUser> named) {
        record(AuditEvent.of(AuditEventType.SIGN_IN_FAILED, AuditEvent.SYSTEM).onBehalfOf(identity(named)));
    }

    private void record(AuditEvent event) {
        transactions.executeWithoutResult(_ -> audit.record(event));
    }

    private static String identity(Optional<LocalUser> named) {
        return named.map(user -> "user:" + user.name()).orElse("unknown");
    }
}
