package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients are deleted in ACMP some time after their devices have left Intune. */
class DeletionTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    DeletionTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void onlyClientsCreatedByUsAreDeletedAndOnlyWhenDue() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        String linked = acmp.inside().putClient(Map.of("ComputerName", "PHONE-0", "ComputerDomain", "example.com"));
        phones.enrol(0, 4);
        publish();
        phones.remove(0, 2);
        publish();
        clock.advance(Duration.ofDays(29));
        publish();
        assertThat(acmp.inside().clientCount()).isEqualTo(4);

        clock.advance(Duration.ofDays(1));
        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(linked, phones.acmpId(2), phones.acmpId(3));
        assertThat(acmp.inside().commandsReceived("DeleteClients")).isEqualTo(1);
        assertThat(plan().counts()).containsOnlyKeys(PlanKind.UNCHANGED);
    }

    @Test
    void aDeletedClientThatComesBackIsCreatedUnderItsId() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        phones.enrol(0, 1);
        publish();
        phones.remove(0, 1);
        publish();
        clock.advance(Duration.ofDays(30));
        publish();
        assertThat(acmp.inside().clientCount()).isZero();

        phones.comeBack(0, 1);
        publish();

        assertThat(acmp.inside().clientIds()).containsExactly(phones.acmpId(0));
        assertThat(acmp.inside().mobileDevice(phones.acmpId(0)).orElseThrow()).containsEntry("RecordState", "active");
        assertThat(status().acknowledged()).isEqualTo(1);
    }

    @Test
    void clientsThatAcmpHasAlreadyDeletedCountAsDeleted() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        phones.enrol(0, 6);
        publish();
        phones.remove(0, 5);
        publish();
        acmp.inside().deleteClient(phones.acmpId(3));
        clock.advance(Duration.ofDays(30));

        publish();

        assertThat(acmp.inside().clientIds()).containsExactly(phones.acmpId(5));
        assertThat(lastRun().done()).isEqualTo(Map.of("DELETE", 5));
        assertThat(status().parked()).isZero();
    }
}
