package io.acmpintune.connector.graph;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.acmpintune.connector.graph.CircuitState.Position;
import io.acmpintune.model.problem.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitStateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Problem PROBLEM = GraphError.noAnswer("nobody is there").toProblem();

    @Test
    void fourFailuresInARowAreTolerated() {
        CircuitState state = failed(4);

        assertThat(state.position()).isEqualTo(Position.CLOSED);
        assertThat(state.openFor(NOW)).isZero();
        assertThat(state.last()).isEqualTo(PROBLEM);
    }

    @Test
    void anAnswerInBetweenStartsTheCountAgain() {
        CircuitState state = failed(4).answered(NOW).failed(PROBLEM, NOW);

        assertThat(state.position()).isEqualTo(Position.CLOSED);
        assertThat(state.failures()).isEqualTo(1);
    }

    @Test
    void fiveFailuresInARowOpenItForHalfAMinute() {
        CircuitState state = failed(5);

        assertThat(state.position()).isEqualTo(Position.OPEN);
        assertThat(state.openFor(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(state.openFor(NOW.plusSeconds(29))).isEqualTo(Duration.ofSeconds(1));
        assertThat(state.openFor(NOW.plusSeconds(30))).isZero();
    }

    @Test
    void thenOneCallIsLetThroughAndNoOther() {
        Instant later = NOW.plusSeconds(30);
        CircuitState state = failed(5).admitted(later);

        assertThat(state.position()).isEqualTo(Position.HALF_OPEN);
        assertThat(state.openFor(later)).isPositive();
    }

    @Test
    void aCallThatFailsAgainLeavesItOpenSinceThenAndAnAnswerClosesIt() {
        Instant later = NOW.plusSeconds(30);
        CircuitState tried = failed(5).admitted(later);

        assertThat(tried.failed(PROBLEM, later).openFor(later)).isEqualTo(Duration.ofSeconds(30));
        assertThat(tried.failed(PROBLEM, later).failures()).isEqualTo(6);
        assertThat(tried.answered(later)).isEqualTo(CircuitState.closed(later));
    }

    @Test
    void aCallThatNeverEndsDoesNotKeepEverybodyOutForever() {
        CircuitState tried = failed(5).admitted(NOW.plusSeconds(30));

        assertThat(tried.openFor(NOW.plusSeconds(30).plus(CircuitState.PROBE_TIMEOUT))).isZero();
    }

    @Test
    void callsThatWereUnderWayWhenItOpenedDoNotPutTheNextTryOffForLong() {
        CircuitState state = failed(5).failed(PROBLEM, NOW.plusSeconds(10));

        assertThat(state.since()).isEqualTo(NOW);
        assertThat(state.openFor(NOW.plusSeconds(10))).isEqualTo(Duration.ofSeconds(30));
    }

    private static CircuitState failed(int times) {
        CircuitState state = CircuitState.closed(NOW);
        for (int i = 0; i < times; i++) {
            state = state.failed(PROBLEM, NOW);
        }
        return state;
    }
}
