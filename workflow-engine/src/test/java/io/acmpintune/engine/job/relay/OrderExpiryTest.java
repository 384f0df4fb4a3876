package io.acmpintune.engine.job.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.safety.SafetyBench;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.UnreachableAddress;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.acmpintune.engine.job.JobBench.ONE;
import static io.acmpintune.engine.job.JobBench.TWO;
import static org.assertj.core.api.Assertions.assertThat;

/** Orders that wait for longer than they are valid; the lane is run by hand against a stubbed connector. */
class OrderExpiryTest {

    private static final Duration DESTRUCTIVE = Duration.ofHours(24);
    private static final Duration OTHER = Duration.ofDays(7);
    private static final ConnectorStub CONNECTOR = ConnectorStub.start();

    private RelayBench bench = new RelayBench();

    @BeforeEach
    void reset() {
        CONNECTOR.reset();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 0, List.of());
        clients();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void aWipeThatWaitedForTheConnectorForTooLongIsNeverSent() {
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.run(UnreachableAddress.http(), 6);

        bench.clock.advance(Duration.ofDays(60));
        takes(ActionKind.WIPE);
        run();

        assertThat(orders()).isZero();
        assertThat(bench.now(job).state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.EXPIRED);
        assertThat(problem(job).kind()).isEqualTo(ProblemKind.ACTION_EXPIRED);
        assertThat(ended(job)).containsExactly("EXPIRED", "EXPIRED");
    }

    @Test
    void theMomentOfExpiryIsTheFirstInWhichNothingIsClaimed() {
        Job early = bench.start(QueryAction.WIPE, ONE);
        assertThat(early.expiresAt()).isEqualTo(bench.clock.instant().plus(DESTRUCTIVE));
        bench.clock.advance(DESTRUCTIVE.minusMillis(1));
        takes(ActionKind.WIPE);
        run();

        Job late = bench.start(QueryAction.WIPE, TWO);
        bench.clock.advance(DESTRUCTIVE);
        run();

        assertThat(orders()).isEqualTo(1);
        assertThat(bench.state(early, ONE)).isEqualTo(ActionState.QUEUED);
        assertThat(bench.state(late, TWO)).isEqualTo(ActionState.EXPIRED);
    }

    @Test
    void harmlessActionsWaitLonger() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE, TWO);
        bench.clock.advance(OTHER.minusMillis(1));
        bench.run(UnreachableAddress.http(), 6);
        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.QUEUED);

        bench.clock.advance(Duration.ofMillis(1));
        run();

        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.EXPIRED);
        assertThat(orders()).isZero();
    }

    @Test
    void theReleaseOfALockDoesNotReviveWhatExpiredMeanwhile() {
        limitedTo(10, 1);
        Job job = bench.start(QueryAction.RETIRE, ONE, TWO);
        takes(ActionKind.RETIRE);
        run();
        assertThat(bench.now(job).waiting()).isNotNull();

        bench.clock.advance(DESTRUCTIVE);
        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.ADMINISTRATOR);
        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.APPROVER);
        run();

        assertThat(orders()).isEqualTo(1);
        assertThat(bench.state(job, TWO)).isEqualTo(ActionState.EXPIRED);
        assertThat(bench.now(job).waiting()).isNull();
    }

    @Test
    void aTargetThatTheConnectorPutOffExpiresEvenBeforeItsPauseIsOver() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS)).willReturn(aResponse().withStatus(429)
                .withHeader("Retry-After", "86400")
                .withHeader("Content-Type", "application/problem+json")
                .withBody(JsonMapper.shared()
                        .writeValueAsString(Problem.of(ProblemKind.CAP_REACHED, "Full.", "Wait.")))));
        bench.clock.advance(Duration.ofHours(1));
        run();
        bench.clock.advance(DESTRUCTIVE.minusHours(1));
        run();

        assertThat(orders()).isEqualTo(1);
        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.EXPIRED);
    }

    @Test
    void theConnectorLearnsWhenTheActionExpires() {
        Job job = bench.start(QueryAction.SYNCHRONIZE, ONE);
        takes(ActionKind.SYNC_DEVICE);
        run();

        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withRequestBody(matchingJsonPath("$.expiresAt", equalTo(job.expiresAt().toString()))))).isEqualTo(1);
    }

    /** The connector may have the action, so only the connector can say that it expired. */
    @Test
    void aTargetWhoseAnswerWasLostExpiresWhereTheConnectorSaysSo() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        run();
        bench.clock.advance(DESTRUCTIVE);
        CONNECTOR.takes(job.id() + "/" + ONE, action(ActionKind.WIPE, "device-1", ActionState.EXPIRED));
        run();

        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.EXPIRED);
        assertThat(bench.now(job).state()).isEqualTo(JobState.FINISHED);
    }

    /** Otherwise the connector would make an action of a job that is stopped, and might send it before it hears of the stop. */
    @Test
    void aTargetWhoseAnswerWasLostIsOnlyAskedForDuringAStop() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        run();
        bench.safety.stops.stop(SafetyBench.WORKFLOW, null, SafetyBench.OPERATOR);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withRequestBody(matchingJsonPath("$.expiresAt", equalTo("1970-01-01T00:00:00Z")))
                .willReturn(okJson(JsonMapper.shared()
                        .writeValueAsString(action(ActionKind.WIPE, "device-1", ActionState.EXPIRED)))));
        run();

        assertThat(bench.state(job, ONE)).isEqualTo(ActionState.CANCELLED);
    }

    @Test
    void aTargetWhoseAnswerWasLostWaitsWhileTheWorkflowIsLocked() {
        Job job = bench.start(QueryAction.WIPE, ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        run();
        bench.safety.locks.lock(SafetyBench.WORKFLOW, ActionKind.WIPE, "the test locks it.");
        int before = orders();
        takes(ActionKind.WIPE);
        run();
        assertThat(orders()).isEqualTo(before);

        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.ADMINISTRATOR);
        bench.safety.locks.release(SafetyBench.WORKFLOW, SafetyBench.APPROVER);
        run();
        assertThat(orders()).isEqualTo(before + 1);
        assertThat(bench.target(job, ONE).action()).isNotNull();
    }

    // ---- approvals

    @Test
    void anOrderIsValidFromItsApprovalOn() {
        limitedTo(1, 10);
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.clock.advance(Duration.ofHours(23));
        bench.safety.approvals.decide(job.id(), true, null, SafetyBench.APPROVER);
        Instant approved = bench.clock.instant();
        bench.clock.advance(DESTRUCTIVE.minusMillis(1));
        takes(ActionKind.WIPE);
        run();

        assertThat(bench.now(job).expiresAt()).isEqualTo(approved.plus(DESTRUCTIVE));
        assertThat(orders()).isEqualTo(2);
    }

    @Test
    void anApprovalThatIsAppliedTooLateSendsNothing() {
        limitedTo(1, 10);
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.safety.approvals.decide(job.id(), true, null, SafetyBench.APPROVER);

        bench.clock.advance(DESTRUCTIVE);
        takes(ActionKind.WIPE);
        run();

        assertThat(orders()).isZero();
        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.EXPIRED);
    }

    @Test
    void whatNobodyApprovedInTimeIsShownAsExpired() {
        limitedTo(1, 10);
        Job job = bench.start(QueryAction.WIPE, ONE, TWO);
        bench.clock.advance(Duration.ofHours(24));
        run();

        assertThat(bench.now(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(bench.now(job).outcome()).containsOnlyKeys(ActionState.EXPIRED);
        assertThat(problem(job).kind()).isEqualTo(ProblemKind.APPROVAL_EXPIRED);
    }

    private void limitedTo(int threshold, int cap) {
        bench = new RelayBench(threshold, cap);
        clients();
    }

    private void clients() {
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
    }

    private void run() {
        bench.run(CONNECTOR.address(), 5);
    }

    private Problem problem(Job job) {
        Problem problem = bench.target(job, ONE).problem();
        assertThat(problem).isNotNull();
        return problem;
    }

    /** The final states in the audit. */
    private List<String> ended(Job job) {
        return bench.database.jdbc()
                .sql("""
                        select after ->> 'state' from audit_entry
                        where event = 'ACTION_ENDED' and correlation ->> 'job' = :job
                        """)
                .param("job", job.id().toString())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static int orders() {
        return CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS)));
    }

    /** Lets the connector answer every command of a kind with an action of its own. */
    private static void takes(ActionKind kind) {
        for (String device : List.of("device-1", "device-2")) {
            CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                    .withRequestBody(matchingJsonPath("$.deviceId", equalTo(device)))
                    .withRequestBody(matchingJsonPath("$.kind", equalTo(kind.text())))
                    .willReturn(okJson(JsonMapper.shared()
                            .writeValueAsString(action(kind, device, ActionState.QUEUED)))));
        }
    }

    private static DeviceAction action(ActionKind kind, String device, ActionState state) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z");
        return new DeviceAction(UUID.nameUUIDFromBytes((kind + device).getBytes(StandardCharsets.UTF_8)), 1,
                new ActionCommand(kind, new DeviceId(device), "anna", null, null,
                        kind == ActionKind.WIPE ? new WipeOptions(false, false, false, null) : null, null),
                state, at, null, at, null, null);
    }
}
