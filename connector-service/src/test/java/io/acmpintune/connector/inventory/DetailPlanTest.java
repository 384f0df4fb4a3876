package io.acmpintune.connector.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.connector.graph.SingleRead;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class DetailPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final DeviceDetails SOME = new DeviceDetails(null, null, "a note", null, null);
    private static final DeviceDetails NOTHING = new DeviceDetails(null, null, null, null, null);
    private static final SingleRead<DeviceDetails> UNKNOWN = new SingleRead.Failed<>(
            Problem.of(ProblemKind.GRAPH_FAILING, 503, "busy", "Nothing."));

    @Test
    void whatDiffersIsAChange() {
        assertThat(plan(null, 0, new SingleRead.Found<>(SOME)).outcome())
                .isEqualTo(new DetailPlan.Outcome.Changed(SOME));
        assertThat(plan(SOME, 0, new SingleRead.Found<>(NOTHING)).outcome())
                .isEqualTo(new DetailPlan.Outcome.Changed(null));
    }

    @Test
    void unchangedDetailsAreNoChange() {
        assertThat(plan(SOME, 3, new SingleRead.Found<>(SOME)).outcome())
                .isEqualTo(new DetailPlan.Outcome.Unchanged());
        assertThat(plan(null, 0, new SingleRead.Found<>(NOTHING)).outcome())
                .isEqualTo(new DetailPlan.Outcome.Unchanged());
    }

    @Test
    void aFailedReadChangesNothingAndIsRepeatedWithBackoff() {
        assertThat(plan(SOME, 0, UNKNOWN))
                .isEqualTo(new DetailPlan(new DeviceId("a"), NOW.plus(Duration.ofMinutes(5)), 1,
                        new DetailPlan.Outcome.Unread()));
        assertThat(IntStream.of(0, 1, 2, 8, 9, 1_000).mapToObj(DetailPlan::pause)).containsExactly(
                Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20), Duration.ofMinutes(1_280),
                Duration.ofDays(1), Duration.ofDays(1));
    }

    @Test
    void aDeviceThatIsGoneKeepsItsDetails() {
        assertThat(plan(SOME, 0, new SingleRead.Gone<>()).outcome()).isEqualTo(new DetailPlan.Outcome.Unread());
    }

    @Test
    void afterAReadThatWorkedFailuresAreForgottenAndTheNextIsAMonthLaterSpreadOverDays() {
        assertThat(plan(SOME, 7, new SingleRead.Found<>(SOME)).failures()).isZero();
        assertThat(IntStream.range(0, 500)
                .mapToObj(i -> DetailPlan
                        .of(new DetailPlan.Due(new DeviceId("device-" + i), SOME, 0), new SingleRead.Found<>(SOME), NOW)
                        .due()))
                .allSatisfy(due -> assertThat(due).isBetween(NOW.plus(Duration.ofDays(27)),
                        NOW.plus(Duration.ofDays(30))))
                .doesNotHaveDuplicates();
    }

    private static DetailPlan plan(@Nullable DeviceDetails stored, int failures, SingleRead<DeviceDetails> read) {
        return DetailPlan.of(new DetailPlan.Due(new DeviceId("a"), stored, failures), read, NOW);
    }
}
