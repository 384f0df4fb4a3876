package io.acmpintune.engine.job;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.client.TestClients;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.safety.OrderExpiry;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** Jobs on an empty database, with safety limits that let everything pass unless the test sets them. */
public class JobBench {

    public static final String ANNA = "token:acmp";
    public static final UUID ONE = new UUID(1, 1);
    public static final UUID TWO = new UUID(2, 2);
    public static final OrderExpiry EXPIRY = new OrderExpiry(Duration.ofHours(24), Duration.ofDays(7));

    private static final int NO_LIMIT = 100_000;

    public final EngineDatabase database = EngineDatabase.empty();
    public final TestClock clock = TestClock.fixed();
    public final SafetyBench safety;
    public final Workflows workflows;
    final JobRepository jobRows = new JobRepository(database.jdbc(), JsonMapper.shared());
    final TargetRepository targetRows;
    public final UnlockCodeCipher codes = UnlockCodeCipher.of("engine.secrets.key",
            Base64.getEncoder().encodeToString(new byte[32]));
    final JobAudit news = new JobAudit(TestAudit.on(database.jdbc(), clock), TestWebhooks.on(database, clock));
    public final JobSignal signal = new JobSignal(database.lanes());
    final Targeting targeting;
    public final JobLifecycle lifecycle;
    public final Jobs jobs;
    public final Previews previews;
    public final JobRetries retries;
    public final JobEvents events;

    public JobBench() {
        this(NO_LIMIT, NO_LIMIT);
    }

    /** A bench whose workflow shows what this policy shows of personally owned devices. */
    public JobBench(PersonalDataPolicy policy) {
        this(NO_LIMIT, NO_LIMIT, policy);
    }

    /**
     * @param threshold how many wipes, or retirements, an identity may start without an approval
     * @param cap how many of each may be handed over
     */
    public JobBench(int threshold, int cap) {
        this(threshold, cap, PersonalDataPolicy.STRICT);
    }

    private JobBench(int threshold, int cap, PersonalDataPolicy policy) {
        this.workflows = TestWorkflows.workflows(
                TestWorkflows.with(TestWorkflows.workflow(URI.create("http://localhost:8081"), 200), policy));
        this.targetRows = new TargetRepository(database.jdbc(), JsonMapper.shared(), workflows);
        this.targeting = new Targeting(new CandidateRepository(database.jdbc(), JsonMapper.shared()),
                TestClients.search(database.jdbc()), workflows);
        this.retries = new JobRetries(jobRows, targetRows);
        this.events = new JobEvents(jobRows, targetRows, signal);
        this.safety = new SafetyBench(database, clock, threshold, cap);
        this.lifecycle = new JobLifecycle(jobRows, targetRows, safety.gate, EXPIRY, news, clock);
        this.previews = new Previews(targeting, safety.gate, workflows);
        this.jobs = new Jobs(
                new JobStarts(jobRows, targetRows, targeting, safety.gate, EXPIRY, codes, news, database.transactions(),
                        clock),
                jobRows, targetRows, database.transactions(), news, signal, clock);
    }

    /** A client whose device is in Intune. */
    public void client(UUID id, String device) {
        database.client(id, device, false);
    }

    public Job start(QueryAction action, UUID... clients) {
        return jobs.start(order(action, clients), ANNA, UUID.randomUUID().toString());
    }

    public static JobOrder order(QueryAction action, UUID... clients) {
        return switch (action) {
            case WIPE -> wipe(null, clients);
            case SEND_NOTIFICATION -> new JobOrder(TestWorkflows.NAME, action, List.of(clients), null, null, "anna",
                    null, null, new Notification("Title", "Body"), null, Confirmation.NONE);
            case RETIRE, REMOTE_LOCK -> new JobOrder(TestWorkflows.NAME, action, List.of(clients), null, null, "anna",
                    null, null, null, null, new Confirmation(true, clients.length));
            case SYNCHRONIZE -> new JobOrder(TestWorkflows.NAME, action, List.of(clients), "anna");
        };
    }

    public static JobOrder wipe(@Nullable String code, UUID... clients) {
        return new JobOrder(TestWorkflows.NAME, QueryAction.WIPE, List.of(clients), null, null, "anna", null,
                new WipeOptions(false, false, false, code), null, null, new Confirmation(true, clients.length));
    }

    public Job now(Job job) {
        return jobs.find(job.id()).orElseThrow();
    }

    public Job.Target target(Job job, UUID client) {
        return targetRows.find(job.id(), client).orElseThrow();
    }

    public ActionState state(Job job, UUID client) {
        return target(job, client).state();
    }
}
