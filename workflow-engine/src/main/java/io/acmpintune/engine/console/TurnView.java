package io.acmpintune.engine.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.safety.TwoPersons;
import io.acmpintune.model.problem.Problem;

/**
 * What takes two persons, as a page shows it.
 *
 * @param askedBy the first of them; null = nobody
 * @param until when that wish ends; null = there is none
 * @param next {@code ask} or {@code confirm}, whichever the viewer can do; null = neither
 * @param why the viewer can do neither; null = they can
 */
public record TurnView(@Nullable String askedBy, @Nullable Instant until, @Nullable String next,
        @Nullable Problem why) {

    public static TurnView of(TwoPersons.Progress turn) {
        return switch (turn.next()) {
            case TwoPersons.Step.Asked() -> new TurnView(turn.askedBy(), turn.until(), "ask", null);
            case TwoPersons.Step.Confirmed() -> new TurnView(turn.askedBy(), turn.until(), "confirm", null);
            case TwoPersons.Step.Refused(var problem) -> new TurnView(turn.askedBy(), turn.until(), null, problem);
        };
    }
}
