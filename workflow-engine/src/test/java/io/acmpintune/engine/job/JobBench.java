package io.acmpintune.engine.job;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.MovableClock;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.runtime.secret.UnlockCodes;

/** Jobs on an empty database, with a gate that the test dictates. */
public final class JobBench {

    static final String ANNA = "token:acmp";
    static final UUID ONE = new UUID(1, 1);
    static final UUID TWO = new UUID(2, 2);

    final EngineDatabase database = EngineDatabase.empty();
    final MovableClock clock = new MovableClock();
    final GivenGate gate = new GivenGate();
    final JobRepository jobRows = new JobRepository(database.jdbc(), JsonMapper.shared());
    final TargetRepository targetRows = new TargetRepository(database.jdbc(), JsonMapper.shared());
    final HandOverRepository handOverRows = new HandOverRepository(database.jdbc(), JsonMapper.shared());
    final KeptTargets keptRows = new KeptTargets(database.jdbc(), JsonMapper.shared());
    final LostTargets lostRows = new LostTargets(database.jdbc(), JsonMapper.shared());
    final UnlockCodes codes = UnlockCodes.of("engine.secrets.key",
            Base64.getEncoder().encodeToString(new byte[32]));
    final JobNews news = new JobNews(TestAudit.on(database.jdbc(), clock), TestWebhooks.on(database, clock));
    final JobSignal signal = new JobSignal(database.lanes());
    final Targeting targeting = new Targeting(new CandidateRepository(database.jdbc(), JsonMapper.shared()));
    final Jobs jobs = jobs(codes);
    final Previews previews = new Previews(targeting, gate);
    final JobRetries retries = new JobRetries(jobRows, targetRows);

    public EngineDatabase database() {
        return database;
    }

    public InstantSource clock() {
        return clock;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Previews previews() {
        return previews;
    }

    public JobRetries retries() {
        return retries;
    }

    /** A client whose device is in Intune. */
    public void client(UUID id, String device) {
        database.client(id, device, false);
    }

    Jobs jobs(UnlockCodes unlockCodes) {
        return new Jobs(
                new JobStarts(jobRows, targetRows, targeting, gate, unlockCodes, news, database.transactions(), clock),
                jobRows, targetRows, database.transactions(), news, signal, clock);
    }

    JobTargets targets(URI connector) {
        return new JobTargets(jobRows, targetRows, handOverRows,
                new JobTargets.Connection(TestWorkflows.workflows(workflow(connector)),
                        TestWorkflows.clients(workflow(connector)), JsonMapper.shared()),
                gate, database.transactions(), news, signal);
    }

    static Workflow workflow(URI connector) {
        return TestWorkflows.workflow(connector, 200);
    }

    /** The relay lane of the workflow. */
    ActionRelay relay(URI connector) {
        HandOver handOver = new HandOver(jobRows, targetRows, handOverRows, keptRows, gate, news, clock);
        JobProgress progress = new JobProgress(jobRows, targetRows, gate, news, clock);
        return new ActionRelay(workflow(connector), TestWorkflows.actions(workflow(connector)),
                new ActionRelay.Relaying(jobRows, handOverRows, keptRows, lostRows, handOver, progress, news, signal),
                new ActionCommands(codes),
                JsonMapper.shared(), clock);
    }

    /** Runs the lane for some looks; one look per target and one per round. */
    Duration run(URI connector, int looks) {
        return relay(connector).run(database.run("relay-actions", looks));
    }

    Job start(QueryAction action, UUID... clients) {
        return jobs.start(order(action, clients), ANNA, UUID.randomUUID().toString());
    }

    static JobOrder order(QueryAction action, UUID... clients) {
        return switch (action) {
            case WIPE -> wipe(null, clients);
            case SEND_NOTIFICATION -> new JobOrder(TestWorkflows.NAME, action, List.of(clients), null, null, "anna",
                    null, null, new Notification("Title", "Body"), null);
            case RETIRE, REMOTE_LOCK, SYNCHRONIZE ->
                new JobOrder(TestWorkflows.NAME, action, List.of(clients), "anna");
        };
    }

    static JobOrder wipe(@Nullable String code, UUID... clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.WIPE, List.of(clients), null, null, "anna", null,
                new WipeOptions(false, false, false, code), null, null);
    }

    Job now(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    Job.Target target(Job job, UUID client) {
        return targetRows.find(job.id(), client).orElseThrow();
    }

    ActionState state(Job job, UUID client) {
        return target(job, client).state();
    }
}
