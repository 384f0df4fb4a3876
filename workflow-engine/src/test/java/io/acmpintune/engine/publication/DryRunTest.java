package io.acmpintune.engine.publication;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;

import static org.assertj.core.api.Assertions.assertThat;

/** The dry run shows what the run does, and changes nothing. */
class DryRunTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    DryRunTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void theDryRunChangesNothingAndItsCountsAreThoseOfTheRun() {
        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, Duration.ofDays(30), 100_000);
        phones.enrol(0, 20);
        runs.request(workflow, ADA);
        publish();
        phones.remove(0, 2);
        runs.request(workflow, ADA);
        publish();
        clock.advance(Duration.ofDays(31));
        acmp.inside().putClient(Map.of("ComputerName", "PHONE-21", "ComputerDomain", "example.com"));
        phones.remove(2, 5);
        phones.rename(5, 9, "RENAMED-");
        phones.enrol(20, 24);
        publish();
        Map<String, String> tables = tables();
        Map<String, Map<String, String>> clients = acmp.inside().clients();
        Map<String, Map<String, String>> devices = acmp.inside().mobileDevices();
        long commands = commands();

        DryRun.ServerPlan plan = plan();

        assertThat(tables()).isEqualTo(tables);
        assertThat(acmp.inside().clients()).isEqualTo(clients);
        assertThat(acmp.inside().mobileDevices()).isEqualTo(devices);
        assertThat(commands()).isEqualTo(commands);
        assertThat(plan.notLookedUp()).isZero();
        assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CREATE, 3, PlanKind.LINK, 1, PlanKind.UPDATE, 4,
                PlanKind.MARK_REMOVED, 3, PlanKind.DELETE, 2, PlanKind.UNCHANGED, 11));

        Runs.Run run = runs.request(workflow, ADA).getFirst();
        publish();

        assertThat(runs.get(workflow, run.id())).satisfies(done -> {
            assertThat(done.planned()).isEqualTo(names(plan.counts()));
            Map<String, Integer> applied = new HashMap<>(names(plan.counts()));
            applied.remove("UNCHANGED");
            assertThat(done.done()).isEqualTo(applied);
        });
    }

    @Test
    void theDryRunShowsEachFieldBeforeAndAfterInPages() {
        phones.enrol(0, 5);
        publish();
        configure(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        phones.rename(1, 4, "RENAMED-");

        DryRun.ServerPlan first = dryRun.preview(workflow, Publishers.SERVER, Set.of(PlanKind.UPDATE), null, 2);
        DryRun.ServerPlan second = dryRun.preview(workflow, Publishers.SERVER, Set.of(PlanKind.UPDATE), first.next(),
                2);

        assertThat(first.items()).extracting(DryRun.PlannedClient::clientId)
                .containsExactly(phones.clientId(1), phones.clientId(2));
        assertThat(second.items()).extracting(DryRun.PlannedClient::clientId).containsExactly(phones.clientId(3));
        assertThat(second.next()).isNull();
        assertThat(first.items().getFirst().fields()).contains(
                new DryRun.FieldChange("SaveClients", "ComputerName", "PHONE-1", "RENAMED-1"),
                new DryRun.FieldChange("SaveMobileDevices", "DeviceName", "PHONE-1", "RENAMED-1"))
                .allSatisfy(field -> assertThat(field.before()).isNotEqualTo(field.after()));
        assertThat(dryRun.preview(workflow, Publishers.SERVER, Set.of(PlanKind.DELETE), null, 2).items()).isEmpty();
    }

    @Test
    void theDryRunCountsClientsThatWereNotLookedUpYet() {
        phones.enrol(0, 3);

        assertThat(plan()).satisfies(plan -> {
            assertThat(plan.notLookedUp()).isEqualTo(3);
            assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CREATE, 3));
        });
    }
}
