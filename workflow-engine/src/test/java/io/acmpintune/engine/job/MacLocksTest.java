package io.acmpintune.engine.job;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** An order of locks is judged by its Macs, whose users cannot undo a lock. */
class MacLocksTest {

    private static final UUID MAC = new UUID(3, 3);
    private static final Preview.Window ALL = new Preview.Window(Preview.Show.ALL, null, 100);

    private final JobBench bench = new JobBench(0, 10);

    @Test
    void aLockOfAPhoneAndAMacIsDestructiveAndHasToBeConfirmed() {
        devices();

        Preview preview = bench.previews.of(order(Confirmation.NONE, JobBench.ONE, MAC), JobBench.ANNA, ALL);
        assertThat(preview.impact()).isEqualTo(Impact.DESTRUCTIVE);
        assertThat(preview.confirmation()).isTrue();
        assertThat(preview.targets()).extracting(Preview.Line::clientId, Preview.Line::impact)
                .containsExactly(tuple(JobBench.ONE, Impact.DISRUPTIVE), tuple(MAC, Impact.DESTRUCTIVE));
        assertThat(wrongFields(order(Confirmation.NONE, JobBench.ONE, MAC))).containsExactly("confirmed",
                "confirmedCount");
        assertThat(wrongFields(order(new Confirmation(true, 1), JobBench.ONE, MAC))).containsExactly("confirmedCount");

        Job job = bench.jobs.start(order(new Confirmation(true, 2), JobBench.ONE, MAC), JobBench.ANNA, "key");
        assertThat(job.impact()).isEqualTo(Impact.DESTRUCTIVE);
        assertThat(job.state()).isEqualTo(JobState.AWAITING_APPROVAL);
        assertThat(bench.safety.approvals.find(job.id())).get().satisfies(approval -> {
            assertThat(approval.impact()).isEqualTo(Impact.DESTRUCTIVE);
            assertThat(approval.devices()).isEqualTo(2);
        });
    }

    @Test
    void aLockOfAPhoneIsDisruptiveAndNeedsNoConfirmation() {
        devices();

        Job job = bench.jobs.start(order(Confirmation.NONE, JobBench.ONE), JobBench.ANNA, "key");

        assertThat(job.impact()).isEqualTo(Impact.DISRUPTIVE);
        assertThat(job.targets()).isNotNull().extracting(Job.Target::impact).containsExactly(Impact.DISRUPTIVE);
    }

    private void devices() {
        bench.client(JobBench.ONE, "device-1");
        bench.client(MAC, "device-3");
        bench.database.jdbc()
                .sql("""
                        update device set source = '{"id":"device-3","operatingSystem":"macOS"}' where device = 'device-3'
                        """)
                .update();
    }

    private List<String> wrongFields(JobOrder order) {
        Problem problem = assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> bench.jobs.start(order, JobBench.ANNA, UUID.randomUUID().toString()))
                .actual()
                .problem();
        List<Problem.FieldError> errors = problem.errors();
        return errors == null ? List.of() : errors.stream().map(Problem.FieldError::field).toList();
    }

    private static JobOrder order(Confirmation confirmation, UUID... clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.REMOTE_LOCK, List.of(clients), null, null, "anna", null,
                null, null, null, confirmation);
    }
}
