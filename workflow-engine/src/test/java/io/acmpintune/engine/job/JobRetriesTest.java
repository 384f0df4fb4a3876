package io.acmpintune.engine.job;

import java.sql.Types;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobRetriesTest {

    private final JobBench bench = new JobBench();

    @Test
    void onlyWhatFailedOrWasRefusedForAPassingReasonIsRetried() {
        UUID failed = client(1);
        UUID done = client(2);
        UUID uncertain = client(3);
        UUID late = client(4);
        UUID limited = client(5);
        UUID impossible = client(6);
        UUID unknown = client(7);
        UUID stopped = client(8);
        UUID cancelled = client(9);
        Job job = bench.jobs.start(JobBench.wipe("123456", failed, done, uncertain, late, limited, impossible, unknown,
                stopped, cancelled), ANNA, "key");
        becomes(failed, "FAILED", ProblemKind.DEVICE_FAILED);
        becomes(done, "DONE", null);
        becomes(uncertain, "NEEDS_DECISION", ProblemKind.ANSWER_LOST);
        becomes(late, "EXPIRED", ProblemKind.ACTION_EXPIRED);
        becomes(limited, "REFUSED", ProblemKind.DAILY_LIMIT);
        becomes(impossible, "REFUSED", ProblemKind.PLATFORM_NOT_SUPPORTED);
        becomes(unknown, "FAILED", ProblemKind.OUTCOME_UNKNOWN);
        becomes(stopped, "CANCELLED", ProblemKind.EMERGENCY_STOP);
        becomes(cancelled, "CANCELLED", ProblemKind.CANCELLED);
        bench.database.jdbc().sql("update job set state = 'FINISHED'").update();

        JobRetries.Retry retry = bench.retries.of(job.id());

        assertThat(retry.hadCode()).isTrue();
        assertThat(retry.order().clients()).containsExactly(failed, late, limited, stopped);
        JobOrder order = retry.by("bert", null, "654321", new Confirmation(true, 4));
        assertThat(order.retryOf()).isEqualTo(job.id());
        assertThat(order.unlockCode()).isEqualTo("654321");
        Job again = bench.jobs.start(order, ANNA, "another key");
        assertThat(again.retryOf()).isEqualTo(job.id());
        assertThat(again.targetCount()).isEqualTo(4);
        assertThat(again.requestedBy()).isEqualTo("bert");
    }

    @Test
    void aJobThatIsNotAtItsEndOrHasNothingToRetryIsNotRetried() {
        UUID one = client(1);
        Job job = bench.start(QueryAction.SYNCHRONIZE, one);
        assertThat(kind(job.id())).isEqualTo(ProblemKind.JOB_NOT_FINISHED);

        becomes(one, "DONE", null);
        bench.database.jdbc().sql("update job set state = 'FINISHED'").update();
        assertThat(kind(job.id())).isEqualTo(ProblemKind.NOTHING_TO_RETRY);
        assertThat(kind(new UUID(9, 9))).isEqualTo(ProblemKind.UNKNOWN_JOB);
    }

    @Test
    void anUnknownOutcomeIsRetriedOnlyWhereRepeatingIsHarmless() {
        UUID unknown = client(1);
        Job sync = bench.start(QueryAction.SYNCHRONIZE, unknown);
        Job lock = bench.start(QueryAction.REMOTE_LOCK, unknown);
        becomes(unknown, "FAILED", ProblemKind.OUTCOME_UNKNOWN);
        bench.database.jdbc().sql("update job set state = 'FINISHED'").update();

        assertThat(bench.retries.of(sync.id()).order().clients()).containsExactly(unknown);
        assertThat(kind(lock.id())).isEqualTo(ProblemKind.NOTHING_TO_RETRY);
    }

    private ProblemKind kind(UUID job) {
        return assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> bench.retries.of(job))
                .actual()
                .problem()
                .kind();
    }

    private UUID client(int number) {
        UUID id = new UUID(0, number);
        bench.database.client(id, "device-" + number, false);
        return id;
    }

    private void becomes(UUID client, String state, @Nullable ProblemKind kind) {
        bench.database.jdbc()
                .sql("update job_target set stage = 'CLOSED', state = :state, problem = :problem::json where client_id = :client")
                .param("state", state)
                .param("problem", kind == null
                        ? null
                        : JsonMapper.shared()
                                .writeValueAsString(Problem.of(kind, "Detail.", "Remedy.")),
                        Types.VARCHAR)
                .param("client", client)
                .update();
    }
}
