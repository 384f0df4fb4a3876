package io.acmpintune.engine.job.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobBench;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.fixture.UnreachableAddress;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/** The relay lane, run by hand against a stubbed connector. */
class ActionRelayTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final RelayBench bench = new RelayBench();
    private final EngineDatabase database = bench.database;
    private final TestClock clock = bench.clock;

    @BeforeEach
    void clients() {
        CONNECTOR.reset();
        CONNECTOR.actions(ConnectorStub.FEED, 0, 0, List.of());
        database.client(ONE, "device-1", false);
        database.client(TWO, "device-2", false);
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void aTargetIsHandedOverUnderAKeyOfItsOwn() {
        Job job = job(ONE);
        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.QUEUED));

        relay();
        relay();

        assertThat(CONNECTOR.requests(postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS))
                .withHeader("Authorization", equalTo("Bearer " + TestWorkflows.TOKEN))
                .withHeader("Idempotency-Key", equalTo(key(job, ONE)))
                .withRequestBody(equalToJson("""
                        {"kind":"syncDevice","deviceId":"device-1","requestedBy":"anna",
                        "origin":"IntuneMobileDevices_1","expiresAt":"%s"}
                        """.formatted(job.expiresAt()))))).isEqualTo(1);
        assertThat(state(job, ONE)).isEqualTo(ActionState.QUEUED);
        assertThat(now(job).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aJobFinishesWhenAllIsHandedOverAndItsOutcomeChangesFurther() {
        Job job = job(ONE, TWO);
        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.QUEUED));
        CONNECTOR.takes(key(job, TWO), action(2, "device-2", ActionState.QUEUED));
        CONNECTOR.actions(ConnectorStub.FEED, 0, 3, List.of(action(3, "device-1", ActionState.PENDING)));
        CONNECTOR.actions(ConnectorStub.FEED, 3, 3, List.of());
        relay();
        assertThat(now(job).state()).isEqualTo(JobState.RUNNING);

        clock.advance(Duration.ofSeconds(7));
        CONNECTOR.actions(ConnectorStub.FEED, 3, 4, List.of(action(4, "device-2", ActionState.ACCEPTED)));
        CONNECTOR.actions(ConnectorStub.FEED, 4, 4, List.of());
        relay();
        assertThat(now(job)).satisfies(finished -> {
            assertThat(finished.state()).isEqualTo(JobState.FINISHED);
            assertThat(finished.finishedAt()).isEqualTo(clock.instant());
        });
        assertThat(database.jdbc()
                .sql("select body from webhook_delivery where body::json ->> 'job' = :job")
                .param("job", job.id().toString())
                .query((row, _) -> row.getString(1))
                .list()).singleElement().asString().contains("\"targets\":2", "\"refused\":0");

        CONNECTOR.actions(ConnectorStub.FEED, 4, 6, List.of(action(5, "device-1", ActionState.DONE),
                action(6, "device-2", ActionState.FAILED)));
        CONNECTOR.actions(ConnectorStub.FEED, 6, 6, List.of());
        relay();
        assertThat(now(job)).satisfies(followed -> {
            assertThat(followed.finishedAt()).isEqualTo(clock.instant());
            assertThat(state(job, ONE)).isEqualTo(ActionState.DONE);
            assertThat(state(job, TWO)).isEqualTo(ActionState.FAILED);
        });
    }

    @Test
    void aRefusalAboutTheDeviceEndsTheTarget() {
        Job job = job(ONE);
        refuses(404,
                Problem.of(ProblemKind.UNKNOWN_DEVICE, "There is no such device.", "Choose another."));

        relay();

        assertThat(now(job)).satisfies(refused -> {
            assertThat(refused.state()).isEqualTo(JobState.FINISHED);
            assertThat(refused.targets()).singleElement().satisfies(target -> {
                assertThat(target.state()).isEqualTo(ActionState.REFUSED);
                assertThat(target.problem()).isNotNull()
                        .extracting(Problem::detail)
                        .isEqualTo("There is no such device.");
            });
        });
    }

    @Test
    void aRefusalAboutTheConnectorLeavesTheTargetOpen() {
        Job job = job(ONE);
        refuses(404, Problem.of(ProblemKind.UNKNOWN_CONNECTOR, "No such connector.", "Use another."));
        assertThat(relay()).isEqualTo(Duration.ofSeconds(5));
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withStatus(404).withBody("<html>Not Found</html>")));
        assertThat(relay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(state(job, ONE)).isEqualTo(ActionState.QUEUED);

        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.ACCEPTED));
        assertThat(relay()).isZero();
        assertThat(state(job, ONE)).isEqualTo(ActionState.ACCEPTED);
    }

    @Test
    void aTargetAboveTheConnectorsCapWaitsAsLongAsItSaysAndDelaysNoOther() {
        Job wipe = bench.start(QueryAction.WIPE, ONE);
        Job sync = job(TWO);
        Problem cap = Problem.of(ProblemKind.CAP_REACHED, "Ten were taken.", "Wait.");
        CONNECTOR.answers(
                post(urlPathEqualTo(ConnectorStub.ACTIONS)).withHeader("Idempotency-Key", equalTo(key(wipe, ONE)))
                        .willReturn(aResponse().withStatus(429)
                                .withHeader("Retry-After", "600")
                                .withBody(JsonMapper.shared().writeValueAsString(cap))));
        CONNECTOR.takes(key(sync, TWO), action(2, "device-2", ActionState.ACCEPTED));

        relay();

        assertThat(state(sync, TWO)).isEqualTo(ActionState.ACCEPTED);
        assertThat(bench.target(wipe, ONE)).satisfies(target -> {
            assertThat(target.state()).isEqualTo(ActionState.QUEUED);
            assertThat(target.problem()).isEqualTo(cap);
        });
        assertThat(now(wipe).state()).isEqualTo(JobState.RUNNING);

        clock.advance(Duration.ofMinutes(9));
        relay();
        assertThat(CONNECTOR.requests(orders(wipe, ONE))).isEqualTo(1);

        clock.advance(Duration.ofMinutes(2));
        CONNECTOR.takes(key(wipe, ONE), action(1, "device-1", ActionState.ACCEPTED));
        relay();
        assertThat(state(wipe, ONE)).isEqualTo(ActionState.ACCEPTED);
        assertThat(bench.target(wipe, ONE).problem()).isNull();
        assertThat(now(wipe).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void aDeferredTargetIsCancelledWithItsJob() {
        Job wipe = bench.start(QueryAction.WIPE, ONE);
        refuses(429, Problem.of(ProblemKind.CAP_REACHED, "Ten were taken.", "Wait."));
        relay();

        bench.jobs.cancel(wipe.id(), JobBench.ANNA);
        clock.advance(Duration.ofHours(1));
        relay();

        assertThat(state(wipe, ONE)).isEqualTo(ActionState.CANCELLED);
        assertThat(CONNECTOR.requests(orders(wipe, ONE))).isEqualTo(1);
    }

    @Test
    void anUnreachableConnectorDelaysTheTarget() {
        Job job = job(ONE);

        assertThat(bench.run(UnreachableAddress.http(), 6)).isEqualTo(Duration.ofSeconds(5));
        assertThat(state(job, ONE)).isEqualTo(ActionState.QUEUED);

        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.ACCEPTED));
        relay();
        assertThat(now(job).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void aCommandWithALostAnswerIsSentAgainUnderTheSameKey() {
        Job job = job(ONE);
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS))
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThat(relay()).isEqualTo(Duration.ofSeconds(5));

        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.ACCEPTED));
        relay();

        assertThat(CONNECTOR.served()
                .stream()
                .filter(event -> event.getRequest().getMethod().getName().equals("POST"))
                .map(event -> event.getRequest().header("Idempotency-Key").firstValue())
                .distinct()).containsExactly(key(job, ONE));
        assertThat(state(job, ONE)).isEqualTo(ActionState.ACCEPTED);
    }

    @Test
    void aConnectorWhoseClockIsBehindIsFollowed() {
        clock.advance(Duration.ofHours(2));
        Job job = job(ONE);
        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.QUEUED));
        CONNECTOR.actions(ConnectorStub.FEED, 0, 2, List.of(action(2, "device-1", ActionState.DONE)));
        CONNECTOR.actions(ConnectorStub.FEED, 2, 2, List.of());

        relay();

        assertThat(state(job, ONE)).isEqualTo(ActionState.DONE);
        assertThat(now(job).state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void olderReportsNeverOverwriteNewerOnes() {
        Job job = job(ONE);
        CONNECTOR.takes(key(job, ONE), action(9, "device-1", ActionState.DONE));
        CONNECTOR.actions(ConnectorStub.FEED, 0, 4, List.of(action(4, "device-1", ActionState.PENDING)));
        CONNECTOR.actions(ConnectorStub.FEED, 4, 4, List.of());

        relay();

        assertThat(state(job, ONE)).isEqualTo(ActionState.DONE);
    }

    @Test
    void aReplacedFeedIsReadFromItsStart() {
        Job job = job(ONE);
        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.QUEUED));
        CONNECTOR.actions(ConnectorStub.FEED, 0, 7, List.of());
        CONNECTOR.actions(ConnectorStub.FEED, 7, 7, List.of());
        relay();

        CONNECTOR.actions(ConnectorStub.OTHER_FEED, 7, 7, List.of());
        CONNECTOR.actions(ConnectorStub.OTHER_FEED, 0, 2, List.of(action(2, "device-1", ActionState.ACCEPTED)));
        CONNECTOR.actions(ConnectorStub.OTHER_FEED, 2, 2, List.of());
        relay();

        assertThat(state(job, ONE)).isEqualTo(ActionState.ACCEPTED);
        assertThat(bench.feedRows.position(TestWorkflows.NAME))
                .isEqualTo(new ActionFeedRepository.Position(ConnectorStub.OTHER_FEED, 2));
    }

    @Test
    void anActionOfOtherOriginChangesNothing() {
        Job job = job(ONE);
        CONNECTOR.takes(key(job, ONE), action(1, "device-1", ActionState.QUEUED));
        CONNECTOR.actions(ConnectorStub.FEED, 0, 2, List.of(action(2, "device-9", ActionState.DONE)));
        CONNECTOR.actions(ConnectorStub.FEED, 2, 2, List.of());

        relay();

        assertThat(state(job, ONE)).isEqualTo(ActionState.QUEUED);
    }

    private Duration relay() {
        return bench.run(CONNECTOR.address(), 6);
    }

    private Job job(UUID... clients) {
        return bench.start(QueryAction.SYNCHRONIZE, clients);
    }

    private Job now(Job job) {
        return bench.now(job);
    }

    private ActionState state(Job job, UUID client) {
        return bench.state(job, client);
    }

    private static void refuses(int status, Problem problem) {
        CONNECTOR.answers(post(urlPathEqualTo(ConnectorStub.ACTIONS)).willReturn(aResponse().withStatus(status)
                .withHeader("Content-Type", "application/problem+json")
                .withBody(JsonMapper.shared().writeValueAsString(problem))));
    }

    private static RequestPatternBuilder orders(Job job, UUID client) {
        return postRequestedFor(urlPathEqualTo(ConnectorStub.ACTIONS)).withHeader("Idempotency-Key",
                equalTo(key(job, client)));
    }

    private static String key(Job job, UUID client) {
        return job.id() + "/" + client;
    }

    /** The only action of a device, as the connector has it at a revision. */
    private static DeviceAction action(long revision, String device, ActionState state) {
        Instant at = Instant.parse("2026-11-23T08:00:00Z").plusSeconds(revision);
        return new DeviceAction(UUID.nameUUIDFromBytes(device.getBytes(StandardCharsets.UTF_8)), revision,
                new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId(device), "anna"), state, at, null, at, null,
                null);
    }
}
