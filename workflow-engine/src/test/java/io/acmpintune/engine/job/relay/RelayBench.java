package io.acmpintune.engine.job.relay;

import java.net.URI;
import java.time.Duration;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.job.JobBench;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ActionApi;
import io.acmpintune.runtime.continuity.Heartbeat;

/** Jobs, and the relay lane that a test runs by hand. */
final class RelayBench extends JobBench {

    final HandOverRepository handOverRows = new HandOverRepository(database.jdbc(), JsonMapper.shared());
    final ActionFeedRepository feedRows = new ActionFeedRepository(database.jdbc());
    private final Audit trail = TestAudit.on(database.jdbc(), clock);
    private final Heartbeat heartbeat = new Heartbeat(database.jdbc());
    private final RelayAudit audit = new RelayAudit(trail);

    RelayBench() {
        heartbeat.beat();
    }

    RelayBench(int threshold, int cap) {
        super(threshold, cap);
        heartbeat.beat();
    }

    /** The check of a process that has just started. */
    RestoreCheck restoreCheck() {
        return new RestoreCheck(new Heartbeat(database.jdbc()), handOverRows, safety.stops, safety.locks,
                new RestoreCheck.Report(workflows, TestWebhooks.on(database, clock), trail, database.transactions()));
    }

    JobTargets targets(URI connector) {
        return new JobTargets(jobs, lifecycle, handOverRows,
                new JobTargets.Connection(TestWorkflows.workflows(workflow(connector)),
                        TestWorkflows.clients(workflow(connector)), JsonMapper.shared()),
                safety.gate, database.transactions(), audit, signal);
    }

    private static Workflow workflow(URI connector) {
        return TestWorkflows.workflow(connector, 200);
    }

    private ActionRelay relay(URI connector) {
        RestoreCheck check = restoreCheck();
        ActionApi actions = TestWorkflows.actions(workflow(connector));
        return new ActionRelay(workflow(connector), actions,
                new CommandSender(workflow(connector), actions, codes, JsonMapper.shared(), clock),
                new PositionExchange(workflow(connector), TestWorkflows.positions(workflow(connector)),
                        new PositionExchange.Shared(TestAudit.trail(database.jdbc(), clock, database.transactions()),
                                heartbeat, check),
                        clock),
                new ActionRelay.Shared(lifecycle, handOverRows, claims(), safety.gate, feedRows,
                        new ForeignActions(new ForeignActionRepository(database.jdbc()),
                                TestWorkflows.workflows(workflow(connector)), trail, TestWebhooks.on(database, clock),
                                clock),
                        audit, signal, check),
                JsonMapper.shared(), clock);
    }

    TargetClaims claims() {
        return new TargetClaims(lifecycle, handOverRows, safety.gate, audit, clock);
    }

    /** Runs the lane until it has asked so many times whether to stop: once per target and once per round. */
    Duration run(URI connector, int checks) {
        return relay(connector).run(database.run("relay-actions", checks));
    }
}
