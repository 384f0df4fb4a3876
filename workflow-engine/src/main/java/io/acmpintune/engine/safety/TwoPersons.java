package io.acmpintune.engine.safety;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.person.Persons;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Forbidden;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;

/** Decides about what takes two persons: an administrator asks, and another administrator or an approver confirms. */
@Component
public class TwoPersons {

    private static final Set<Role> SECOND = Set.of(Role.ADMINISTRATOR, Role.APPROVER);

    private final Persons persons;

    TwoPersons(Persons persons) {
        this.persons = persons;
    }

    /** What a call by a person amounts to. */
    public sealed interface Step {
        /** The caller asks, as the first person. */
        record Asked() implements Step {}

        /** The caller confirms, as the second person. */
        record Confirmed() implements Step {}

        record Refused(Problem problem) implements Step {}
    }

    /**
     * How far two persons are.
     *
     * @param askedBy the first person; null = nobody has asked within the last hour
     * @param until when the request expires; null = nobody has asked
     * @param next what a call by the viewer would amount to now
     */
    public record Progress(@Nullable String askedBy, @Nullable Instant until, Step next) {}

    /** Returns how far two persons are, and what a call by the caller would amount to now. */
    public Progress progress(@Nullable String asked, @Nullable Instant askedAt, Identity caller, Instant now) {
        Step next = step(asked, askedAt, caller, now);
        return askedAt != null && waits(asked, askedAt, now)
                ? new Progress(asked, askedAt.plus(SafetySettings.SECOND_PERSON), next)
                : new Progress(null, null, next);
    }

    /**
     * Returns what a call by the caller amounts to.
     *
     * @param asked who has asked; null = nobody
     * @param askedAt when; null = never
     */
    public Step step(@Nullable String asked, @Nullable Instant askedAt, Identity caller, Instant now) {
        if (!waits(asked, askedAt, now)) {
            return caller.hasAnyOf(Set.of(Role.ADMINISTRATOR))
                    ? new Step.Asked()
                    : new Step.Refused(
                            Problem.of(ProblemKind.ADMINISTRATOR_FIRST,
                                    "Nobody has asked for it within the last hour, and " + caller.displayName()
                                            + " is no administrator.",
                                    "Have an administrator ask for it; then confirm it."));
        }
        if (!caller.hasAnyOf(SECOND)) {
            return new Step.Refused(
                    Forbidden.because(caller.key() + " is neither administrator nor approver."));
        }
        return persons.mayBeOne(caller.key(), String.valueOf(asked))
                ? new Step.Refused(
                        secondRequired(persons.names().of(asked) + " requested it, and " + caller.displayName()
                                + " is the same person."))
                : new Step.Confirmed();
    }

    static Problem secondRequired(String detail) {
        return Problem.of(ProblemKind.SECOND_PERSON_REQUIRED, detail,
                "Have it confirmed by another person who has the role; a request to release or lift is valid for an hour.");
    }

    /** Returns whether the first person's request still counts. */
    private static boolean waits(@Nullable String asked, @Nullable Instant askedAt, Instant now) {
        return asked != null && askedAt != null
                && !now.plus(SafetySettings.TOLERANCE).isBefore(askedAt)
                && now.isBefore(askedAt.plus(SafetySettings.SECOND_PERSON));
    }
}
