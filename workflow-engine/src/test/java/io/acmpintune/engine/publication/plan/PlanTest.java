package io.acmpintune.engine.publication.plan;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.publication.plan.ClientState.Decision;
import io.acmpintune.engine.publication.plan.ClientState.RecordState;

import static org.assertj.core.api.Assertions.assertThat;

/** What a plan counts, and what its guards hold. */
class PlanTest {

    private static final Policy POLICY = new Policy(Instant.parse("2026-01-01T00:00:00Z"), true,
            100);

    private final PlanBuilder builder = new PlanBuilder(POLICY);
    private int added;

    @ParameterizedTest
    @CsvSource({"CREATE,0,100", "CREATE,50000,100", "REMOVE,0,50", "REMOVE,1000,50", "REMOVE,1019,50",
            "REMOVE,1020,51", "REMOVE,50000,2500", "CHANGE,0,50", "CHANGE,100,50", "CHANGE,102,51",
            "CHANGE,50000,25000"})
    void limitsGrowWithTheServer(Guard guard, int present, int limit) {
        assertThat(POLICY.limit(guard, present)).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({"REMOVE,50,false", "REMOVE,51,true", "CHANGE,50,false", "CHANGE,51,true", "CREATE,100,false",
            "CREATE,101,true"})
    void changesOverTheLimitAreHeldAsAWhole(Guard guard, int count, boolean held) {
        add(guard, count, Set.of(), Map.of());

        Plan plan = build(60, Map.of(), Set.of());

        assertThat(plan.steps()).hasSize(held ? 0 : count);
        assertThat(plan.count(PlanKind.HELD)).isEqualTo(held ? count : 0);
        assertThat(plan.held().containsKey(guard)).isEqualTo(held);
    }

    @Test
    void eachGuardHoldsOnlyWhatItCounts() {
        add(Guard.REMOVE, 51, Set.of(), Map.of());
        add(Guard.CHANGE, 7, Set.of(), Map.of());
        add(Guard.CREATE, 8, Set.of(), Map.of());

        Plan plan = build(66, Map.of(), Set.of());

        assertThat(plan.counts()).isEqualTo(
                Map.of(PlanKind.HELD, 51, PlanKind.UPDATE, 7, PlanKind.CREATE, 8, PlanKind.UNCHANGED, 34));
        assertThat(plan.held()).containsOnlyKeys(Guard.REMOVE);
        assertThat(plan.held().get(Guard.REMOVE)).satisfies(set -> {
            assertThat(set.clients()).hasSize(51);
            assertThat(set.reason()).contains("51 clients would be marked as removed", "has 66", "at most 50");
        });
    }

    @Test
    void recentlyAppliedClientsCount() {
        add(Guard.REMOVE, 21, Set.of(), Map.of());

        assertThat(build(100, Map.of(Guard.REMOVE, 30), Set.of()).held().get(Guard.REMOVE))
                .satisfies(set -> assertThat(set.reason()).contains("and 30 were in the last hour"));
    }

    @Test
    void aClientIsCountedOnce() {
        add(Guard.CHANGE, 50, Set.of(Guard.CHANGE), Map.of());

        assertThat(build(50, Map.of(Guard.CHANGE, 50), Set.of()).steps()).hasSize(50);
    }

    @Test
    void releasedClientsAreAppliedAndNotCounted() {
        add(Guard.REMOVE, 60, Set.of(), Map.of(Guard.REMOVE, Decision.RELEASED));
        add(Guard.REMOVE, 50, Set.of(), Map.of());

        assertThat(build(100, Map.of(), Set.of()).steps()).hasSize(110)
                .filteredOn(Plan.Item::released)
                .hasSize(60);
    }

    @Test
    void rejectedClientsAreHeldAndNotCounted() {
        add(Guard.CHANGE, 60, Set.of(), Map.of(Guard.CHANGE, Decision.REJECTED));
        add(Guard.CHANGE, 50, Set.of(), Map.of());

        Plan plan = build(100, Map.of(), Set.of());

        assertThat(plan.steps()).hasSize(50);
        assertThat(plan.count(PlanKind.HELD)).isEqualTo(60);
        assertThat(plan.held()).isEmpty();
    }

    @Test
    void aDecisionAboutAnotherGuardDoesNotApply() {
        add(Guard.CHANGE, 60, Set.of(), Map.of(Guard.REMOVE, Decision.RELEASED));

        assertThat(build(60, Map.of(), Set.of()).held()).containsOnlyKeys(Guard.CHANGE);
    }

    @Test
    void clientsJoinAWaitingHoldOfTheirGuard() {
        add(Guard.REMOVE, 1, Set.of(), Map.of());

        assertThat(build(1000, Map.of(), Set.of(Guard.REMOVE)).held().get(Guard.REMOVE))
                .satisfies(set -> assertThat(set.clients()).hasSize(1));
    }

    @Test
    void aWaitingHoldWithoutClientsIsDropped() {
        assertThat(build(1000, Map.of(), Set.of(Guard.REMOVE)).held()).isEmpty();
    }

    @Test
    void clientsThatWereNotLookedUpAreCountedAndNotCreated() {
        builder.add(new ClientState(new UUID(0, 1), false, null, null, false, RecordState.ABSENT, RecordState.ABSENT,
                false, false,
                false, false, Set.of(), Map.of()));

        Plan plan = build(0, Map.of(), Set.of());

        assertThat(plan.count(PlanKind.CREATE)).isEqualTo(1);
        assertThat(plan.notLookedUp()).isEqualTo(1);
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void devicesInConflictAreCounted() {
        assertThat(builder.build(new PlanBuilder.Totals(10, 10, Map.of(), 3), Set.of()).counts())
                .isEqualTo(Map.of(PlanKind.UNCHANGED, 10, PlanKind.CONFLICT, 3));
    }

    private Plan build(int present, Map<Guard, Integer> counted, Set<Guard> waiting) {
        return builder.build(new PlanBuilder.Totals(Math.max(added, 100), present, counted, 0), waiting);
    }

    private void add(Guard guard, int count, Set<Guard> counted, Map<Guard, Decision> decisions) {
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(0, added++);
            builder.add(switch (guard) {
                case CREATE ->
                    new ClientState(id, false, null, null, true, RecordState.ABSENT, RecordState.ABSENT, false, false,
                            false, false, counted, decisions);
                case REMOVE -> new ClientState(id, true, Instant.EPOCH, Origin.LINKED, true, RecordState.ABSENT,
                        RecordState.OUTDATED, false, false, false, false, counted, decisions);
                case CHANGE ->
                    new ClientState(id, false, null, Origin.CREATED, true, RecordState.CURRENT, RecordState.OUTDATED,
                            false, false, false, false, counted, decisions);
            });
        }
    }
}
