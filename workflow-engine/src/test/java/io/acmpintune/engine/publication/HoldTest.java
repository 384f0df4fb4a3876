package io.acmpintune.engine.publication;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Guards hold unusually many changes until an administrator decides. */
class HoldTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    HoldTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void removalsOverTheLimitAreHeldAndOtherChangesAreApplied() {
        imported(100);
        phones.remove(0, 51);
        phones.rename(60, 62, "RENAMED-");

        publish();

        assertThat(removedInAcmp()).isZero();
        assertThat(acmp.inside().client(phones.acmpId(60)).orElseThrow()).containsEntry("ComputerName", "RENAMED-60");
        Holds.Hold hold = waiting();
        assertThat(hold.kind()).isEqualTo(Guard.REMOVE);
        assertThat(hold.count()).isEqualTo(51);
        assertThat(hold.serverClients()).isEqualTo(100);
        assertThat(hold.reason()).contains("51 clients would be marked as removed");
        assertThat(holds.clients(workflow, hold.id(), null, 100)).hasSize(51);
        assertThat(status().held()).isEqualTo(51);
        assertThat(plan().items()).filteredOn(item -> item.kind() == PlanKind.HELD)
                .hasSize(51)
                .allSatisfy(item -> assertThat(item.intent()).isEqualTo(PlanKind.MARK_REMOVED));
    }

    @Test
    void aReleasedSetIsAppliedAndNotCounted() {
        imported(100);
        phones.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();

        holds.decide(workflow, hold.id(), true, ADA, hold.revision());
        phones.synchronize(0, 10);
        phones.remove(51, 99);
        publish();

        assertThat(removedInAcmp()).isEqualTo(99);
        assertThat(holds.get(workflow, hold.id())).satisfies(decided -> {
            assertThat(decided.state()).isEqualTo(Holds.State.RELEASED);
            assertThat(decided.decidedBy()).isEqualTo("Ada");
        });
        assertThat(holds.clients(workflow, hold.id(), null, 100)).allMatch(Holds.HeldClient::done);
        assertThat(status().held()).isZero();
    }

    @Test
    void aReleaseAppliesToItsSetOnly() {
        imported(200);
        phones.remove(0, 60);
        publish();

        phones.remove(60, 120);
        holds.decide(workflow, waiting().id(), true, ADA, null);
        publish();

        assertThat(removedInAcmp()).isEqualTo(60);
        assertThat(waiting().count()).isEqualTo(60);
        assertThat(holds.clients(workflow, waiting().id(), null, 1)).singleElement()
                .satisfies(client -> assertThat(client.clientId()).isEqualTo(phones.clientId(60)));
    }

    @Test
    void aRejectedSetIsNotAppliedUntilItsClientsChange() {
        imported(100);
        phones.rename(0, 60, "WRONG-");
        publish();
        holds.decide(workflow, waiting().id(), false, ADA, null);

        phones.synchronize(0, 60);
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(acmp.inside().client(phones.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "PHONE-0");
        assertThat(status().held()).isEqualTo(60);
        assertThat(holds.list(workflow, 10)).noneMatch(hold -> hold.state() == Holds.State.WAITING);

        phones.rename(0, 5, "RIGHT-");
        publish();

        assertThat(acmp.inside().client(phones.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RIGHT-0");
        assertThat(acmp.inside().client(phones.acmpId(5)).orElseThrow()).containsEntry("ComputerName", "PHONE-5");
        assertThat(status().held()).isEqualTo(55);
    }

    @Test
    void moreCreationsThanConfiguredAreHeld() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, null, 10);
        phones.enrol(0, 11);
        publish();
        assertThat(acmp.inside().clientCount()).isZero();
        assertThat(waiting().kind()).isEqualTo(Guard.CREATE);

        holds.decide(workflow, waiting().id(), true, ADA, null);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(11);
    }

    @Test
    void changesThatComeWithEverySynchronizationAreNeverHeld() {
        imported(100);
        phones.synchronize(0, 100);

        publish();

        assertThat(status().acknowledged()).isEqualTo(100);
        assertThat(holds.list(workflow, 10)).isEmpty();
    }

    @Test
    void aWaitingHoldFollowsThePlanAndEndsWithItsLastClient() {
        imported(100);
        phones.remove(0, 60);
        publish();
        Holds.Hold first = waiting();

        phones.comeBack(0, 30);
        phones.remove(60, 61);
        publish();
        Holds.Hold later = waiting();
        assertThat(later.id()).isEqualTo(first.id());
        assertThat(later.count()).isEqualTo(31);
        assertThat(later.revision()).isGreaterThan(first.revision());
        assertThatThrownBy(() -> holds.decide(workflow, first.id(), true, ADA, first.revision()))
                .isInstanceOf(ProblemException.class);

        phones.comeBack(30, 61);
        publish();
        assertThat(holds.list(workflow, 10)).isEmpty();
        assertThat(removedInAcmp()).isZero();
    }

    @Test
    void smallRemovalsWithinAnHourAddUp() {
        imported(100);
        phones.remove(0, 30);
        publish();
        phones.remove(30, 60);
        publish();

        assertThat(removedInAcmp()).isEqualTo(30);
        assertThat(waiting().count()).isEqualTo(30);
        assertThat(waiting().reason()).contains("30 were in the last hour");
    }

    @Test
    void removalsOlderThanAnHourAreNotCounted() {
        imported(100);
        phones.remove(0, 30);
        publish();
        clock.advance(Duration.ofMinutes(61));
        phones.remove(30, 60);
        publish();

        assertThat(removedInAcmp()).isEqualTo(60);
    }

    @Test
    void aHoldIsDecidedOnce() {
        imported(100);
        phones.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();
        holds.decide(workflow, hold.id(), false, ADA, null);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> holds.decide(workflow, hold.id(), true, new Requester("token:api", "Bob"), null))
                .satisfies(refused -> assertThat(refused.problem())
                        .extracting(Problem::status, Problem::kind)
                        .containsExactly(409, ProblemKind.HOLD_DECIDED));
    }

    @Test
    void nothingIsAppliedIfTheGuardsCannotBeChecked() {
        phones.enrol(0, 3);
        database.jdbc().sql("alter table guard_count rename to guard_count_gone").update();
        try {
            assertThatThrownBy(this::publish).isInstanceOf(DataAccessException.class);
        } finally {
            database.jdbc().sql("alter table guard_count_gone rename to guard_count").update();
        }

        assertThat(writes()).isZero();
    }
}
