package io.acmpintune.engine.console.queryaction;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.console.Labels;
import io.acmpintune.engine.console.TestLabels;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class WrongInputTest {

    private static final Labels WORDS = TestLabels.of(Locale.ENGLISH);

    @Test
    void eachWrongFieldIsToldAtItsFieldInTheViewersLanguage() {
        WrongInput wrong = WrongInput.of(problem(new Problem.FieldError("parameters.title", "is missing"),
                new Problem.FieldError("confirmedCount", "is 3")), 1_220, WORDS);

        assertThat(wrong.fields()).containsOnlyKeys("title", "confirmedCount")
                .containsEntry("confirmedCount", "The number must be 1220, that of the clients chosen.");
        assertThat(wrong.problem()).isNull();
    }

    @Test
    void whatNoFieldOfTheFormIsToBlameForIsToldAsItIs() {
        Problem elsewhere = problem(new Problem.FieldError("confirmed", "must be true"),
                new Problem.FieldError("clientIds", "has 10001 entries"));

        assertThat(WrongInput.of(elsewhere, 1, WORDS).problem()).isEqualTo(elsewhere);
        assertThat(WrongInput.of(problem(), 1, WORDS).problem()).isEqualTo(problem());
        assertThat(WrongInput.NONE.isEmpty()).isTrue();
    }

    private static Problem problem(Problem.FieldError... errors) {
        return Problem.of(ProblemKind.INVALID_QUERY_ACTION, "It is wrong.", "Correct it.")
                .withErrors(List.of(errors));
    }
}
