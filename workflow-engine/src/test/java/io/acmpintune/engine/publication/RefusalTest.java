package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.simulator.acmp.ReplyFault;

import static org.assertj.core.api.Assertions.assertThat;

/** What the lane does when ACMP refuses a command: retry, pause, or park the client. */
class RefusalTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    RefusalTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9, 18, 19})
    void temporaryRefusalsAreRetriedWithGrowingPauses(int code) {
        phones.enrol(0, 3);
        ClientPublisher publisher = publisher();
        acmp.inside().faults().next("SaveClients", 2, new ReplyFault.Refused(code));

        Duration first = publisher.run(lane());
        assertThat(first).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(status().problem()).contains("result code " + code);
        assertThat(status().parked()).isZero();
        long commandsBefore = commands();
        assertThat(publisher.run(lane())).isEqualTo(first);
        assertThat(commands()).isEqualTo(commandsBefore);

        clock.advance(first);
        Duration second = publisher.run(lane());
        assertThat(second).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        clock.advance(second);
        assertThat(publisher.run(lane())).isEqualTo(IDLE);

        assertThat(status().acknowledged()).isEqualTo(3);
        assertThat(status().problem()).isNull();
    }

    @Test
    void pausesDoNotGrowWhileTheServerMakesProgress() {
        workflow = TestWorkflows.with(workflow, new Publishing(20, Publishing.LookUp.NONE, 3,
                Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ZERO));
        phones.enrol(0, 200);
        ClientPublisher publisher = publisher();

        for (int failure = 1; failure <= 8; failure++) {
            acmp.inside().faults().after("SaveMobileDevices", 1, new ReplyFault.Refused(18));
            assertThat(publisher.run(lane())).as("failure %d", failure)
                    .isBetween(Duration.ofSeconds(1),
                            Duration.ofSeconds(5));
            clock.advance(Duration.ofSeconds(5));
        }
    }

    @Test
    void wrongCredentialsStopTheLaneAndAreNotTriedAgain() {
        phones.enrol(0, 3);
        ClientPublisher publisher = publisher();
        acmp.inside().faults().next("SaveClients", 1, new ReplyFault.Refused(15));

        publisher.run(lane());
        long commandsBefore = acmp.inside().commandsReceived("SaveClients");
        clock.advance(Duration.ofMinutes(2));
        publisher.run(lane());

        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(commandsBefore);
        assertThat(status().problem()).contains("acmp.sics.username");
        assertThat(status().parked()).isZero();
    }

    @Test
    void anInvalidSessionIsRenewed() {
        phones.enrol(0, 3);
        acmp.inside().faults().next("SaveClients", 1, new ReplyFault.Refused(7));

        publish();

        assertThat(status().acknowledged()).isEqualTo(3);
    }

    @Test
    void lostClientsAreCreatedAgainAndLinkedOnesLookedUpAgain() {
        String linked = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        phones.enrol(0, 4);
        publish();
        acmp.inside().deleteClient(linked);
        acmp.inside().deleteClient(phones.acmpId(2));
        String newer = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        phones.comply(0, 4, "noncompliant");

        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(phones.acmpId(0), newer, phones.acmpId(2),
                phones.acmpId(3));
        assertThat(acmp.inside().timesSaved(newer)).isZero();
        assertThat(acmp.inside().mobileDevice(newer).orElseThrow()).containsEntry("ComplianceState", "noncompliant");
        assertThat(status().acknowledged()).isEqualTo(4);
        assertThat(runs.page(workflow, null, null, 10)).hasSize(2);
    }

    @Test
    void clientsWithoutALicenceAreParkedWithoutSendingEach() {
        configure(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        acmp.inside().refusals().licence(70);
        phones.enrol(0, 1_000);

        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(70);
        assertThat(acmp.inside().commandsReceived("SaveClients")).isLessThan(25);
        assertThat(status().parked()).isEqualTo(930);
        assertThat(parked.page(workflow, "no acmp licence", null, 1000)).hasSize(930).allSatisfy(client -> {
            assertThat(client.code()).isEqualTo(32);
            assertThat(client.reason()).startsWith("No ACMP licence");
            assertThat(client.request()).isNull();
        });

        acmp.inside().refusals().clear();
        assertThat(parked.retry(workflow, null, 32, ADA)).isEqualTo(930);
        publish();
        assertThat(status().acknowledged()).isEqualTo(1_000);
        assertThat(status().parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 35, 4711})
    void aRefusedRecordIsParkedWithItsRequest(int code) {
        acmp.inside().refusals().refuse("SaveMobileDevices", "DeviceName", Pattern.compile("PHONE-13"), code);
        phones.enrol(0, 40);

        publish();

        assertThat(status().acknowledged()).isEqualTo(39);
        assertThat(parked.page(workflow, null, null, 10)).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(phones.clientId(13));
            assertThat(client.code()).isEqualTo(code);
            assertThat(client.since()).isEqualTo(clock.instant());
            assertThat(client.request()).contains("<SaveMobileDevices", "PHONE-13").doesNotContain("PHONE-14");
        });
        long before = writes();
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void aParkedClientIsSentAgainOnRequestOrWhenItChanges() {
        acmp.inside().refusals().refuse("SaveClients", "ComputerName", Pattern.compile("PHONE-[12]"), 35);
        phones.enrol(0, 4);
        publish();
        assertThat(parked.page(workflow, null, null, 10)).hasSize(2);
        assertThat(parked.page(workflow, null, new ParkedClients.Position(phones.clientId(1), Publishers.SERVER), 10))
                .hasSize(1);

        phones.rename(2, 3, "ACCEPTABLE-");
        publish();
        assertThat(parked.page(workflow, null, null, 10)).hasSize(1);

        acmp.inside().refusals().clear();
        assertThat(parked.retry(workflow, List.of(phones.clientId(1)), null, ADA)).isEqualTo(1);
        publish();
        assertThat(parked.page(workflow, null, null, 10)).isEmpty();
        assertThat(status().acknowledged()).isEqualTo(4);
    }
}
