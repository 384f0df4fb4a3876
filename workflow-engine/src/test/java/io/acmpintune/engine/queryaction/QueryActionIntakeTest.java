package io.acmpintune.engine.queryaction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.QueryActionAddress;
import io.acmpintune.engine.acmp.QueryActionInbox;
import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobBench;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.safety.ApprovalRequest;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.sics.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** The lane that takes query actions over SICS, run by hand; ACMP is what a test publishes, and hears, on a simulated SICS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryActionIntakeTest {

    private static final String DEFINITION = "IntuneMobileDevices_1";
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    private final Simulator world = simulator();
    private final AcmpGateway gateway = new AcmpGateway(new SicsConnection(URI.create(world.httpUrl()),
            world.access().sicsUser(), world.access().sicsPassword(), true, Duration.ofSeconds(2),
            Duration.ofSeconds(10), Duration.ofSeconds(10)), SicsDialect.standard(), null, InstantSource.system());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private JobBench bench = new JobBench();
    private QueryActionInbox inbox = gateway.inbox(new QueryActionAddress(DEFINITION, DEFINITION, DEFINITION));
    private QueryActionIntake intake = intake();

    @BeforeEach
    void afresh() {
        bench = new JobBench();
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
        inbox = gateway.inbox(new QueryActionAddress(DEFINITION, DEFINITION, DEFINITION));
        intake = intake();
        heard.clear();
        world.sics().broker().join("acmp-test", "answers", message -> heard.add(xml(message.body())));
        round();
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        world.close();
    }

    @Test
    void aQueryActionBecomesAJobAndIsAnsweredWithItsId() {
        publish(request("r-1", "SynchronizeIntuneDevices", ONE, TWO, ""));
        round();

        Job job = job();
        assertThat(job.targetCount()).isEqualTo(2);
        assertThat(job.identity()).isEqualTo("sics:acmp");
        assertThat(job.requestedBy()).isEqualTo("claimed: CONTOSO\\anna");
        assertThat(heard).singleElement()
                .asString()
                .contains("<ExecuteIntuneAction ActionType=\"Response\" version=\"1\">",
                        "<RequestId>r-1</RequestId>", "<JobId>" + AcmpGuid.write(job.id()) + "</JobId>",
                        "<ResultCode>0</ResultCode>");
    }

    @Test
    void ordersOverSicsShareOneThresholdWhateverOperatorTheyClaim() {
        bench = new JobBench(10, 100);
        bench.client(ONE, "device-1");
        bench.client(TWO, "device-2");
        intake = intake();
        String confirmed = "<Confirmed>true</Confirmed><ConfirmedCount>1</ConfirmedCount>";
        publish(request("r-1", "RetireIntuneDevices", List.of(ONE), confirmed));
        publish(request("r-2", "RetireIntuneDevices", List.of(TWO), confirmed));
        UUID three = new UUID(3, 3);
        bench.client(three, "device-3");
        publish(claiming("CONTOSO\\bert", "r-3", three, confirmed));
        IntStream.range(0, 3).forEach(_ -> round());

        assertThat(jobs()).extracting(Job::identity).containsOnly("sics:acmp");
        assertThat(jobs()).extracting(Job::state)
                .containsExactlyInAnyOrder(JobState.RUNNING, JobState.AWAITING_APPROVAL, JobState.AWAITING_APPROVAL);
        assertThat(bench.safety.approvals.all(null)).extracting(ApprovalRequest::onBehalfOf)
                .containsExactlyInAnyOrder("claimed: CONTOSO\\anna", "claimed: CONTOSO\\bert");
    }

    @Test
    void anOrderOverSicsThatNamesNobodyIsRefused() {
        publish(claiming(" ", "r-1", ONE, ""));
        round();

        assertThat(jobs()).isEmpty();
        assertThat(kept()).singleElement().asString().contains("requestedBy");
    }

    private static String claiming(String operator, String id, UUID client, String rest) {
        return base64(xml(request(id, "RetireIntuneDevices", List.of(client), rest)).replace("CONTOSO\\anna",
                operator));
    }

    @Test
    void theSameRequestAgainIsTheSameJob() {
        publish(request("r-1", "SynchronizeIntuneDevices", ONE, TWO, ""));
        publish(request("r-1", "SynchronizeIntuneDevices", ONE, TWO, ""));
        round();
        round();

        assertThat(jobs()).hasSize(1);
        assertThat(heard).hasSize(2).allSatisfy(answer -> assertThat(answer).contains(AcmpGuid.write(job().id())));
    }

    @Test
    void whatIsWrongIsAnsweredWithEveryReasonAndKept() {
        publish(request("r-2", "WipeIntuneDevices", ONE, TWO, "<Title>t</Title>"));
        round();

        assertThat(jobs()).isEmpty();
        assertThat(heard).singleElement()
                .asString()
                .contains("<ResultCode>35</ResultCode>", "<RequestId>r-2</RequestId>", "parameters.title",
                        "confirmed:", "confirmedCount:", "<JobId></JobId>");
        assertThat(kept()).singleElement().asString().contains("confirmedCount");
    }

    @Test
    void aConfirmedWipeIsTaken() {
        publish(request("r-3", "WipeIntuneDevices", ONE, TWO,
                "<Confirmed>true</Confirmed><ConfirmedCount>2</ConfirmedCount>"));
        round();

        assertThat(job().parameters().wipe()).isNotNull();
        assertThat(kept()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsAnsweredAndKept() {
        String nonsense = Base64.getEncoder().encodeToString("<ICQL><ACMP>".getBytes(StandardCharsets.UTF_8));
        publish(nonsense);
        publish(base64("<ICQL><ACMP><SaveClients version=\"1\"><T/></SaveClients></ACMP></ICQL>"));
        publish(request("", "SynchronizeIntuneDevices", ONE, TWO, ""));
        round();
        round();
        round();

        assertThat(heard).hasSize(3).allSatisfy(answer -> assertThat(answer).contains("<ResultCode>35</ResultCode>"));
        assertThat(kept()).hasSize(3);
        assertThat(bench.database.jdbc().sql("select body from sics_message").query(String.class).list())
                .contains(nonsense);
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedAndTakesNothingElseAlong() {
        publish(request("large", "SynchronizeIntuneDevices", Collections.nCopies(40_000, ONE), ""));
        publish(request("small", "SynchronizeIntuneDevices", ONE, TWO, ""));
        round();
        round();

        assertThat(heard).hasSize(2)
                .anySatisfy(answer -> assertThat(answer).contains("<RequestId>large</RequestId>", "larger than 1 MB"))
                .anySatisfy(answer -> assertThat(answer).contains("<RequestId>small</RequestId>",
                        "<ResultCode>0</ResultCode>"));
        assertThat(job().targetCount()).isEqualTo(2);
        assertThat(
                bench.database.jdbc().sql("select max(length(body)) from sics_message").query(Integer.class).single())
                .isLessThan(3_000);
    }

    @Test
    void whatAServerAnswersToAnAnswerIsNoQueryActionAndIsNotAnswered() {
        publish(base64("""
                <ICQL><ACMP><ExecuteIntuneAction ActionType="Response" version="1"><TResult_V1>
                <ResultCode>35</ResultCode><ResultMessage>ActionType must be Request</ResultMessage></TResult_V1>
                </ExecuteIntuneAction></ACMP></ICQL>
                """));
        round();

        assertThat(heard).isEmpty();
        assertThat(bench.database.jdbc().sql("select count(*) from sics_message").query(Integer.class).single())
                .isZero();
    }

    @Test
    void aRestartOfSicsCostsTheTargetAndItIsMadeAgain() {
        world.sics().restart();
        round();
        round();
        publish(request("r-4", "SynchronizeIntuneDevices", ONE, TWO, ""));
        round();

        assertThat(heard).singleElement().asString().contains("<ResultCode>0</ResultCode>");
    }

    @Test
    void theResultOfAJobAtItsEndIsToldPerClientAndInParts() {
        List<UUID> strangers = IntStream.range(0, 201).mapToObj(i -> new UUID(9, i)).toList();
        publish(request("r-5", "SynchronizeIntuneDevices", strangers, ""));
        round();
        round();

        assertThat(job().state()).isEqualTo(JobState.FINISHED);
        assertThat(heard).hasSize(3);
        assertThat(heard.get(1)).contains("<IntuneActionResult", "<RequestId>r-5</RequestId>",
                "<State>FINISHED</State>", "<Part>1</Part>", "<Parts>2</Parts>",
                "<ClientId>" + AcmpGuid.write(strangers.getFirst()) + "</ClientId>", "<State>refused</State>",
                "has no client");
        assertThat(heard.get(2)).contains("<Part>2</Part>", AcmpGuid.write(strangers.getLast()));
        round();
        assertThat(heard).hasSize(3);
    }

    @Test
    void anAnswerThatSicsDoesNotTakeIsSentLater() {
        publish(request("r-6", "SynchronizeIntuneDevices", ONE, TWO, ""));
        QueryActionIntake elsewhere = intake(new AcmpServer("ACMP-1", "nowhere", "answers"));
        assertThat(elsewhere.run(bench.database.run("take-query-actions", 1))).isEqualTo(Duration.ofSeconds(5));
        assertThat(heard).isEmpty();

        round();
        assertThat(heard).singleElement().asString().contains("<ResultCode>0</ResultCode>");
        assertThat(jobs()).hasSize(1);
    }

    private QueryActionIntake intake() {
        return intake(new AcmpServer("ACMP-1", "acmp-test", "answers"));
    }

    private QueryActionIntake intake(AcmpServer server) {
        Workflow known = TestWorkflows.workflow(URI.create("http://connector:8081"), 200);
        Workflow workflow = new Workflow(known.name(), known.connector(), known.connectorUrl(),
                known.connectorAccess(), List.of(server), known.ondemandDefinition(), known.mapping(),
                known.personalData(), known.publishing(), known.queryActions());
        Workflows workflows = TestWorkflows.workflows(known);
        SicsMessageRepository messages = new SicsMessageRepository(bench.database.jdbc());
        QueryActions queryActions = new QueryActions(bench.jobs, bench.previews, bench.retries, workflows);
        return new QueryActionIntake(workflow, inbox, messages,
                new SicsReplies(queryActions, bench.jobs, messages, bench.clock), Duration.ofMillis(20),
                bench.clock);
    }

    private void round() {
        intake.run(bench.database.run("take-query-actions", 1));
    }

    private void publish(String body) {
        assertThat(world.sics().broker().publish(DEFINITION, DEFINITION, new Message(body, "", ""))).isTrue();
    }

    private List<Job> jobs() {
        return bench.jobs.page(null, null, null, null, null, null, null, 10).jobs();
    }

    private Job job() {
        assertThat(jobs()).hasSize(1);
        return jobs().getFirst();
    }

    private List<String> kept() {
        return bench.database
                .jdbc()
                .sql("select fault from sics_message where fault is not null")
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static String request(String id, String action, UUID one, UUID two, String rest) {
        return request(id, action, List.of(one, two), rest);
    }

    private static String request(String id, String action, List<UUID> clients, String rest) {
        StringBuilder list = new StringBuilder();
        clients.forEach(client -> list.append("<string>").append(AcmpGuid.write(client)).append("</string>"));
        return base64("""
                <ICQL><ACMP><ExecuteIntuneAction ActionType="Request" version="1"><TExecuteIntuneActionRequest_V1>
                <RequestId>%s</RequestId><Action>%s</Action><ClientIds>%s</ClientIds>%s
                <RequestedBy>CONTOSO\\anna</RequestedBy>
                </TExecuteIntuneActionRequest_V1></ExecuteIntuneAction></ACMP></ICQL>
                """.formatted(id, action, list, rest));
    }

    private static String base64(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String xml(String body) {
        return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator did not start", e);
        }
    }
}
