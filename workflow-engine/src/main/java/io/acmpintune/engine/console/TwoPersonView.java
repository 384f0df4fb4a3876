package io.acmpintune.engine.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.safety.TwoPersons;
import io.acmpintune.model.problem.Problem;

/**
 * Progress of something that takes two people, for a page.
 *
 * @param askedBy the first person; null if nobody has asked
 * @param until when the request expires; null if there is none
 * @param next {@code ask} or {@code confirm}, whichever the viewer can do; null for neither
 * @param why the viewer can do neither; null if they can
 */
public record TwoPersonView(@Nullable String askedBy, @Nullable Instant until, @Nullable String next,
        @Nullable Problem why) {

    public static TwoPersonView of(TwoPersons.Progress turn) {
        return switch (turn.next()) {
            case TwoPersons.Step.Asked() -> new TwoPersonView(turn.askedBy(), turn.until(), "ask", null);
            case TwoPersons.Step.Confirmed() -> new TwoPersonView(turn.askedBy(), turn.until(), "confirm", null);
            case TwoPersons.Step.Refused(var problem) -> new TwoPersonView(turn.askedBy(), turn.until(), null, problem);
        };
    }
}
