package io.acmpintune.engine.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.AuditValues;
import io.acmpintune.engine.safety.Reason;
import io.acmpintune.engine.safety.TwoPersons;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Revocation;
import io.acmpintune.runtime.access.RevocationRepository;
import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * Withdraws access without a restart: an administrator revokes an identity at once, or ends its sessions; two persons return the
 * access.
 */
@Component
public class Access {

    private static final Logger log = LoggerFactory.getLogger(Access.class);
    private static final Pattern IDENTITY = Pattern.compile("(token|user|entra|oidc):[^\\s\\p{Cntrl}]{1,400}");

    private final RevocationRepository stored;
    private final Revocations revocations;
    private final ConsoleSessions sessions;
    private final TwoPersons twoPersons;
    private final Audit audit;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    Access(RevocationRepository stored, Revocations revocations, ConsoleSessions sessions, TwoPersons twoPersons,
            Audit audit, TransactionOperations transactions, InstantSource clock) {
        this.stored = stored;
        this.revocations = revocations;
        this.sessions = sessions;
        this.twoPersons = twoPersons;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Returns the revoked identities, the latest first. */
    public List<Revocation> revoked() {
        return stored.all();
    }

    /** Returns how far two persons are with returning an access, and what the caller could do now. */
    public TwoPersons.Progress progress(Revocation revocation, Identity caller) {
        return twoPersons.progress(revocation.returnAskedBy(), revocation.returnAskedAt(), caller, clock.instant());
    }

    /**
     * Refuses the credentials of an identity from now on and ends its sessions. Other replicas follow within seconds. Revoking again
     * withdraws a request to return the access.
     *
     * @param identity the key of a token or person, known or not
     * @param reason why; null = none given
     * @throws ProblemException 400 for what is no key of an identity, and for a reason that cannot be kept
     */
    public void revoke(@Nullable String identity, @Nullable String reason, Identity caller) {
        String key = checked(identity);
        String why = Reason.checked(reason);
        transactions.executeWithoutResult(_ -> {
            stored.add(key, caller.key(), why, clock.instant());
            int ended = sessions.end(key);
            audit.record(about(key, AuditEventType.ACCESS_REVOKED, caller).because(why)
                    .changing(null, AuditValues.none().with("sessions", ended)));
        });
        revocations.refresh();
        log.warn("Revoked an access (identity={}, by={})", key, caller.key());
    }

    /**
     * Ends the sessions of an identity, which may sign in again.
     *
     * @return how many there were
     * @throws ProblemException 400 for what is no key of an identity
     */
    public int endSessions(@Nullable String identity, Identity caller) {
        String key = checked(identity);
        int ended = Objects.requireNonNull(transactions.execute(_ -> {
            int count = sessions.end(key);
            audit.record(about(key, AuditEventType.SESSIONS_ENDED, caller)
                    .changing(null, AuditValues.none().with("sessions", count)));
            return count;
        }));
        log.info("Ended sessions (identity={}, sessions={}, by={})", key, ended, caller.key());
        return ended;
    }

    /**
     * Asks for an access to be returned, or confirms that as the second person.
     *
     * @throws ProblemException 409 for an identity that is not revoked, 403 to who may not, or not alone
     */
    public void giveBack(@Nullable String identity, Identity caller) {
        String key = checked(identity);
        TwoPersons.Step step = Objects.requireNonNull(transactions.execute(_ -> rule(key, caller)));
        switch (step) {
            case TwoPersons.Step.Asked() ->
                log.warn("Return of an access requested (identity={}, by={})", key, caller.key());
            case TwoPersons.Step.Confirmed() -> {
                log.warn("Returned an access (identity={}, confirmedBy={})", key, caller.key());
                revocations.refresh();
            }
            case TwoPersons.Step.Refused(var problem) -> throw new ProblemException(problem);
        }
    }

    private TwoPersons.Step rule(String key, Identity caller) {
        Instant now = clock.instant();
        Revocation revocation = stored.lock(key)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.NOT_REVOKED,
                        "The access of " + key + " is not revoked.", "Nothing; read the revocations again.")));
        TwoPersons.Step step = twoPersons.step(revocation.returnAskedBy(), revocation.returnAskedAt(), caller, now);
        switch (step) {
            case TwoPersons.Step.Asked() -> {
                stored.askReturn(key, caller.key(), now);
                audit.record(about(key, AuditEventType.ACCESS_RETURN_REQUESTED, caller));
            }
            case TwoPersons.Step.Confirmed() -> {
                stored.remove(key);
                audit.record(about(key, AuditEventType.ACCESS_RETURNED, caller));
            }
            case TwoPersons.Step.Refused(var problem) ->
                audit.record(about(key, AuditEventType.REFUSED, caller).because(problem.detail()));
        }
        return step;
    }

    private static String checked(@Nullable String identity) {
        if (identity == null || !IDENTITY.matcher(identity).matches()) {
            throw InvalidRequest.of("identity",
                    "must be the key of a token or person, such as token:acmp or user:anna");
        }
        return identity;
    }

    private static AuditEvent about(String key, AuditEventType event, Identity caller) {
        return AuditEvent.of(event, caller.key()).to(AuditTarget.Kind.IDENTITY, key);
    }
}
