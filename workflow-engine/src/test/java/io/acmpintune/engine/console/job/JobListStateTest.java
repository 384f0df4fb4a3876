package io.acmpintune.engine.console.job;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;

import static org.assertj.core.api.Assertions.assertThat;

class JobListStateTest {

    @Test
    void theAddressSaysAllOfIt() {
        UUID after = new UUID(3, 4);
        JobListState state = new JobListState("Mobile_1", JobState.AWAITING_APPROVAL, QueryAction.REMOTE_LOCK,
                "CONTOSO\\anna & {co}", after);

        assertThat(state.address()).isEqualTo("/console/jobs?workflow=Mobile_1&state=awaiting-approval"
                + "&action=remote-lock&by=CONTOSO%5Canna%20%26%20%7Bco%7D&after=" + after);
        assertThat(JobListState.read("Mobile_1", Map.of("state", "awaiting-approval", "action", "remote-lock", "by",
                "CONTOSO\\anna & {co}", "after", after.toString()))).isEqualTo(state);
        assertThat(state.isFiltered()).isTrue();
        assertThat(state.unfiltered().address()).isEqualTo("/console/jobs?workflow=Mobile_1");
    }

    @Test
    void whatAnAddressSaysWrongCountsAsNotSaid() {
        JobListState state = JobListState.read("Mobile_1",
                Map.of("state", "asleep", "action", "explode", "by", " \0 ", "after", "yesterday"));

        assertThat(state).isEqualTo(new JobListState("Mobile_1", null, null, "", null));
        assertThat(state.isFiltered()).isFalse();
    }
}
