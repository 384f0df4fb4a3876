package io.acmpintune.connector.web;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Revocation;
import io.acmpintune.runtime.access.RevocationRepository;
import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.problem.InvalidRequest;
import io.acmpintune.runtime.problem.ProblemException;

/** Revokes this service's tokens without a restart. What an administrator revokes, only a lifter returns. */
@RestController
class RevocationController {

    private static final Logger log = LoggerFactory.getLogger(RevocationController.class);
    private static final Pattern IDENTITY = Pattern.compile("token:[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int LONGEST_REASON = 500;

    private final RevocationRepository stored;
    private final Revocations revocations;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    RevocationController(RevocationRepository stored, Revocations revocations, TransactionOperations transactions,
            InstantSource clock) {
        this.stored = stored;
        this.revocations = revocations;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Which tokens a request is about, and why. */
    record Subject(@Nullable String identity, @Nullable String reason) {}

    /** Lists the revoked identities, the latest first. */
    @GetMapping("/api/v1/revocations")
    List<Revocation> revoked() {
        return stored.all();
    }

    /** Refuses all tokens of an identity from now on. */
    @PostMapping("/api/v1/revocations")
    List<Revocation> revoke(@RequestBody Subject subject, Identity caller) {
        String identity = checked(subject);
        transactions.executeWithoutResult(
                _ -> stored.add(identity, caller.key(), subject.reason(), clock.instant()));
        revocations.refresh();
        log.warn("Revoked an access (identity={}, by={})", identity, caller.key());
        return stored.all();
    }

    /** Accepts the tokens of an identity again. */
    @PostMapping("/api/v1/revocations/return")
    List<Revocation> giveBack(@RequestBody Subject subject, Identity caller) {
        String identity = checked(subject);
        transactions.executeWithoutResult(_ -> {
            if (stored.lock(identity).isEmpty()) {
                throw new ProblemException(Problem.of(ProblemKind.NOT_REVOKED,
                        "The access of " + identity + " is not revoked.", "Nothing; read the revocations again."));
            }
            stored.remove(identity);
        });
        revocations.refresh();
        log.warn("Returned an access (identity={}, by={})", identity, caller.key());
        return stored.all();
    }

    private static String checked(Subject subject) {
        String identity = subject.identity();
        if (identity == null || !IDENTITY.matcher(identity).matches()) {
            throw InvalidRequest.of("identity", "must be token: and the name of a token");
        }
        String reason = subject.reason();
        // PostgreSQL cannot store half a surrogate pair
        if (reason != null && (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(reason))) {
            throw InvalidRequest.of("reason",
                    "must have " + LONGEST_REASON + " characters at most, none of them a control character");
        }
        return identity;
    }
}
