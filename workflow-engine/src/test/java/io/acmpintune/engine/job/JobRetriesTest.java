package io.acmpintune.engine.job;

import java.sql.Types;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
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
        becomes(failed, "FAILED", "device-failed");
        becomes(done, "DONE", null);
        becomes(uncertain, "NEEDS_DECISION", "answer-lost");
        becomes(late, "EXPIRED", "too-late");
        becomes(limited, "REFUSED", "daily-limit");
        becomes(impossible, "REFUSED", "platform-not-supported");
        becomes(unknown, "FAILED", "outcome-unknown");
        becomes(stopped, "CANCELLED", "emergency-stop");
        becomes(cancelled, "CANCELLED", "cancelled");
        bench.database.jdbc().sql("update job set state = 'FINISHED'").update();

        JobRetries.Retry retry = bench.retries.of(job.id());

        assertThat(retry.hadCode()).isTrue();
        assertThat(retry.order().clients()).containsExactly(failed, late, limited, stopped);
        JobOrder order = retry.by("bert", null, "654321");
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
        assertThat(kind(job.id())).isEqualTo("job-not-at-its-end");

        becomes(one, "DONE", null);
        bench.database.jdbc().sql("update job set state = 'FINISHED'").update();
        assertThat(kind(job.id())).isEqualTo("nothing-to-retry");
        assertThat(kind(new UUID(9, 9))).isEqualTo("unknown-job");
    }

    private String kind(UUID job) {
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

    private void becomes(UUID client, String state, @Nullable String kind) {
        bench.database.jdbc()
                .sql("update job_target set state = :state, problem = :problem::json where client_id = :client")
                .param("state", state)
                .param("problem", kind == null
                        ? null
                        : JsonMapper.shared()
                                .writeValueAsString(Problem.of(kind, "Title", 0, "Detail.", "Remedy.")),
                        Types.VARCHAR)
                .param("client", client)
                .update();
    }
}
