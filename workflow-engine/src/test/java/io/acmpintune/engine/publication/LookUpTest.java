package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.simulator.acmp.ReplyFault;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients are looked up in ACMP before they are created. */
class LookUpTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    LookUpTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void aClientThatAcmpHadBeforeIsLinkedAndItsClientRecordIsNeverWritten() {
        String own = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        String byEntraId = acmp.inside()
                .putClient(Map.of("ComputerName", "OTHERWISE", "ComputerDomain", "corp.local",
                        "ActiveDirectoryObjectId", AcmpGuid.write(phones.entraId(2))));
        phones.enrol(0, 5);

        publish();
        phones.rename(0, 5, "RENAMED-");
        publish();
        phones.remove(1, 2);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(5);
        for (String linked : List.of(own, byEntraId)) {
            assertThat(acmp.inside().timesSaved(linked)).isZero();
        }
        assertThat(acmp.inside().client(own).orElseThrow()).containsEntry("ComputerName", "PHONE-1");
        assertThat(acmp.inside().mobileDevice(own).orElseThrow()).containsEntry("DeviceName", "RENAMED-1")
                .containsEntry("RecordState", "removed");
        assertThat(acmp.inside().mobileDevice(byEntraId).orElseThrow()).containsEntry("DeviceName", "RENAMED-2");
        assertThat(acmp.inside().client(phones.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RENAMED-0");
        assertThat(status().acknowledged()).isEqualTo(5);
        assertThat(plan().counts()).containsOnlyKeys(PlanKind.UNCHANGED);
    }

    @Test
    void eachClientIsLookedUpOnce() {
        phones.enrol(0, 30);
        publish();
        phones.enrol(30, 31);
        phones.rename(0, 3, "RENAMED-");
        publish();

        assertThat(acmp.inside().commandsReceived("GetClientId")).isEqualTo(31);
    }

    @Test
    void nothingIsLookedUpIfLookUpsAreSwitchedOff() {
        configure(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        phones.enrol(0, 3);

        publish();

        assertThat(acmp.inside().commandsReceived("GetClientId")).isZero();
        assertThat(acmp.inside().clientCount()).isEqualTo(3);
    }

    @Test
    void phonesOfOneNameAreTwoClientsAndTheSecondExplainsWhy() {
        phones.enrol(0, 1);
        publish();
        phones.enrol(1, 2);
        phones.rename(1, 2, "PHONE-");
        database.jdbc()
                .sql("update client set client_record = (select replace(client_record::text, 'PHONE-1', 'PHONE-0')::json), client_fingerprint = '\\x01' where client_id = :id")
                .param("id", phones.clientId(1))
                .update();

        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        publish();
        assertThat(plan().items()).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PlanKind.CREATE);
            assertThat(item.explanation()).contains("the client of " + TestWorkflows.NAME + " " + phones.clientId(0));
        });
        runs.request(workflow, ADA);
        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(phones.acmpId(0), phones.acmpId(1));
    }

    @Test
    void aClientFoundUnderItsOwnIdWasCreatedByUs() {
        phones.enrol(0, 3);
        publish();
        database.jdbc().sql("delete from acknowledgement").update();
        phones.rename(0, 3, "RENAMED-");
        database.jdbc()
                .sql("update client set client_record = replace(client_record::text, 'RENAMED', 'PHONE')::json")
                .update();

        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(3);
        assertThat(origins()).isEqualTo(Map.of("CREATED", 3));
    }

    @Test
    void anOldLookUpIsRepeatedBeforeTheClientIsCreated() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        phones.enrol(0, 4);
        publish();
        String meanwhile = acmp.inside().putClient(Map.of("ComputerName", "PHONE-2", "ComputerDomain", "example.com"));
        clock.advance(Duration.ofDays(2));

        runs.request(workflow, ADA);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(4);
        assertThat(acmp.inside().timesSaved(meanwhile)).isZero();
        assertThat(acmp.inside().mobileDeviceCount()).isEqualTo(4);
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);
    }

    @Test
    void twoWorkflowsOfOneServerNeverShareARecord() {
        Workflow other = TestWorkflows.named(workflow, "IntuneMobileDevices_2");
        database.jdbc().sql("insert into workflow (name) values (:name)").param("name", other.name()).update();
        Phones others = new Phones(database, clock, other.name(), 2);
        phones.enrol(0, 10);
        others.enrol(0, 10);

        publish();
        run(other);

        assertThat(acmp.inside().clientCount()).isEqualTo(20);
        assertThat(origins()).isEqualTo(Map.of("CREATED", 20));
        others.rename(0, 10, "OTHERS-");
        run(other);
        assertThat(acmp.inside().client(phones.acmpId(3)).orElseThrow()).containsEntry("ComputerName", "PHONE-3");
    }

    @Test
    void aRecordOfAnotherWorkflowIsShownAsAConflict() {
        Workflow other = TestWorkflows.named(workflow, "IntuneMobileDevices_2");
        database.jdbc().sql("insert into workflow (name) values (:name)").param("name", other.name()).update();
        Phones same = new Phones(database, clock, other.name(), 1);
        phones.enrol(0, 2);
        publish();
        long saved = acmp.inside().commandsReceived("SaveClients");
        same.enrol(0, 2);

        run(other);

        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(saved);
        assertThat(dryRun.preview(other, Publishers.SERVER, Set.of(), null, 10)).satisfies(plan -> {
            assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CONFLICT, 2));
            assertThat(plan.items()).allSatisfy(item -> assertThat(item.explanation()).contains(TestWorkflows.NAME));
        });
    }

    @Test
    void aRefusedLookUpParksItsClient() {
        acmp.inside().faults().next("GetClientId", 1, new ReplyFault.Refused(35));
        phones.enrol(0, 5);

        publish();

        assertThat(status().acknowledged()).isEqualTo(4);
        assertThat(parked.page(workflow, null, null, 10)).singleElement()
                .satisfies(
                        client -> assertThat(client.reason()).startsWith("ACMP refused to look up the client."));
    }

    @Test
    void aLookUpWithoutAnswerCreatesNothing() {
        acmp.inside().faults().next("GetClientId", 3, new ReplyFault.Refused(19));
        phones.enrol(0, 5);
        ClientPublisher publisher = publisher();

        Duration pause = publisher.run(lane());

        assertThat(writes()).isZero();
        clock.advance(pause);
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(5);
    }
}
