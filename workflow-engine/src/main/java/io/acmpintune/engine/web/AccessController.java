package io.acmpintune.engine.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.access.Access;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Revocation;

/** Revokes tokens and people, and ends sessions. */
@RestController
class AccessController {

    private final Access access;

    AccessController(Access access) {
        this.access = access;
    }

    /** Whom a request is about, and why. */
    record Subject(@Nullable String identity, @Nullable String reason) {}

    /** How many sessions were ended. */
    record Ended(int sessions) {}

    /** Lists the revoked identities, the latest first. */
    @GetMapping("/api/v1/revocations")
    List<Revocation> revoked() {
        return access.revoked();
    }

    /** Revokes an identity at once: its tokens and sessions. */
    @PostMapping("/api/v1/revocations")
    List<Revocation> revoke(@RequestBody Subject subject, Identity caller) {
        access.revoke(subject.identity(), subject.reason(), caller);
        return access.revoked();
    }

    /** Asks for an access to be returned; the same call by a second person within an hour confirms it. */
    @PostMapping("/api/v1/revocations/return")
    List<Revocation> giveBack(@RequestBody Subject subject, Identity caller) {
        access.giveBack(subject.identity(), caller);
        return access.revoked();
    }

    /** Ends the sessions of an identity, which may sign in again. */
    @PostMapping("/api/v1/sessions/end")
    Ended endSessions(@RequestBody Subject subject, Identity caller) {
        return new Ended(access.endSessions(subject.identity(), caller));
    }
}
