package io.acmpintune.engine.job.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

/** Actions at the connector that no job ordered: somebody has stolen a token that acts there. */
class ForeignActionsTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final UUID OURS = new UUID(7, 1);
    private static final UUID THEIRS = new UUID(7, 2);

    private final RelayBench bench = new RelayBench();
    /** Entries of other tests stay: nothing removes an audit entry. */
    private final long before = bench.database.jdbc()
            .sql("select coalesce(max(seq), 0) from audit_entry")
            .query(Long.class)
            .single();

    @BeforeEach
    void clients() {
        CONNECTOR.reset();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 0, List.of());
        bench.database.client(RelayBench.ONE, "device-1", false);
        bench.database.jdbc().sql("truncate foreign_action").update();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void anActionThatNoJobOrderedIsAuditedAndReportedOnceWithinAMinute() {
        feed(action(THEIRS, null));
        run();
        assertThat(reported()).as("its answer may be under way").isEmpty();

        bench.clock.advance(ForeignActions.GRACE);
        run();
        run();

        assertThat(reported()).containsExactly(THEIRS + " mallory");
        assertThat(webhooks()).containsExactly("FOREIGN_ACTIONS");
        assertThat(ForeignActions.GRACE).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void anActionUnderOurWorkflowsNameIsForeignAllTheSame() {
        feed(action(THEIRS, TestWorkflows.NAME));

        run();
        bench.clock.advance(ForeignActions.GRACE);
        run();

        assertThat(reported()).containsExactly(THEIRS + " mallory");
    }

    @Test
    void anActionOfAJobIsOurs() {
        UUID job = bench.start(QueryAction.SYNCHRONIZE, RelayBench.ONE).id();
        String key = new TargetKey(job, RelayBench.ONE).idempotencyKey();
        DeviceAction ours = action(OURS, TestWorkflows.NAME);
        CONNECTOR.takes(key, ours);
        feed(ours);

        run();
        bench.clock.advance(ForeignActions.GRACE);
        run();

        assertThat(reported()).isEmpty();
        assertThat(webhooks()).doesNotContain("FOREIGN_ACTIONS");
    }

    @Test
    void anActionWhoseAnswerIsLateIsOursOnceItHasCome() {
        UUID job = bench.start(QueryAction.SYNCHRONIZE, RelayBench.ONE).id();
        feed(action(OURS, TestWorkflows.NAME));
        run();

        bench.database.jdbc()
                .sql("update job_target set action = :action, stage = 'HANDED_OVER' where job = :job")
                .param("action", OURS)
                .param("job", job)
                .update();
        bench.clock.advance(ForeignActions.GRACE);
        run();

        assertThat(reported()).isEmpty();
    }

    private void feed(DeviceAction... actions) {
        CONNECTOR.actions(ConnectorStub.FEED, 0, 9, List.of(actions));
        CONNECTOR.actions(ConnectorStub.FEED, 9, 9, List.of());
    }

    private void run() {
        bench.run(CONNECTOR.address(), 3);
    }

    private List<String> reported() {
        return bench.database.jdbc()
                .sql("select target_id || ' ' || on_behalf_of from audit_entry where event = 'FOREIGN_ACTION' and target_id"
                        + " in (:ours, :theirs) and seq > :before")
                .param("ours", OURS.toString())
                .param("theirs", THEIRS.toString())
                .param("before", before)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private List<String> webhooks() {
        return bench.database.jdbc()
                .sql("select event from webhook_delivery")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static DeviceAction action(UUID id, @Nullable String origin) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z");
        ActionCommand command = new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId("device-1"), "mallory");
        return new DeviceAction(id, 9, origin == null ? command : command.from(origin), ActionState.QUEUED, at, null,
                at,
                null, null);
    }
}
