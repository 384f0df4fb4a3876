package io.acmpintune.engine.publication.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.publication.plan.ClientState.RecordState;

import static org.assertj.core.api.Assertions.assertThat;

/** What is done with a client, over every state. */
class IntentTest {

    private static final Instant LONG_AGO = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant LATELY = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-11-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # in Intune | origin  | client   | mobile   | server knows | kind         | writes client | mobile | guard
            there       |         | ABSENT   | ABSENT   | there        | CREATE       | true          | true   | CREATE
            there       | CREATED | CURRENT  | ABSENT   | there        | CREATE       | false         | true   | CREATE
            there       | CREATED | CURRENT  | CURRENT  | there        | UNCHANGED    | false         | false  |
            there       | CREATED | OUTDATED | CURRENT  | there        | UPDATE       | true          | false  | CHANGE
            there       | CREATED | CURRENT  | OUTDATED | there        | UPDATE       | false         | true   | CHANGE
            there       | CREATED | CURRENT  | OUTDATED | gone         | UPDATE       | false         | true   | CHANGE
            there       | LINKED  | ABSENT   | ABSENT   | there        | LINK         | false         | true   |
            there       | LINKED  | ABSENT   | CURRENT  | there        | UNCHANGED    | false         | false  |
            there       | LINKED  | OUTDATED | OUTDATED | there        | UPDATE       | false         | true   | CHANGE
            gone        |         | ABSENT   | ABSENT   | there        | UNCHANGED    | false         | false  |
            gone        | LINKED  | ABSENT   | ABSENT   | there        | UNCHANGED    | false         | false  |
            gone        | LINKED  | ABSENT   | OUTDATED | there        | MARK_REMOVED | false         | true   | REMOVE
            gone        | CREATED | CURRENT  | OUTDATED | there        | MARK_REMOVED | false         | true   | REMOVE
            gone        | CREATED | CURRENT  | ABSENT   | there        | MARK_REMOVED | false         | true   | REMOVE
            gone        | CREATED | OUTDATED | OUTDATED | gone         | UPDATE       | true          | true   | CHANGE
            gone        | CREATED | CURRENT  | CURRENT  | gone         | UNCHANGED    | false         | false  |
            long gone   | CREATED | CURRENT  | CURRENT  | gone         | DELETE       | false         | false  | REMOVE
            long gone   | CREATED | OUTDATED | OUTDATED | there        | DELETE       | false         | false  | REMOVE
            long gone   | CREATED | ABSENT   | ABSENT   | there        | UNCHANGED    | false         | false  |
            long gone   | LINKED  | ABSENT   | CURRENT  | gone         | UNCHANGED    | false         | false  |
            """)
    void intentFollowsFromTheState(String inIntune, @Nullable Origin origin, RecordState client, RecordState mobile,
            String known,
            PlanKind kind, boolean writesClient, boolean writesMobile, @Nullable Guard guard) {
        ClientState state = new ClientState(new UUID(0, 1), !inIntune.equals("there"),
                inIntune.equals("long gone") ? LONG_AGO : LATELY, origin, true, client, mobile, false,
                known.equals("gone"), false, false, Set.of(), Map.of());

        assertThat(Intent.of(state, BEFORE)).isEqualTo(new Intent(kind, writesClient, writesMobile, guard));
    }

    @Test
    void nothingIsDeletedUnlessConfigured() {
        assertThat(all()).allSatisfy(state -> assertThat(Intent.of(state, null).kind()).isNotEqualTo(PlanKind.DELETE));
    }

    @Test
    void onlyClientsCreatedByUsAndRemovedLongAgoAreDeleted() {
        assertThat(all()).filteredOn(state -> Intent.of(state, BEFORE).kind() == PlanKind.DELETE)
                .isNotEmpty()
                .allSatisfy(state -> {
                    assertThat(state.origin()).isEqualTo(Origin.CREATED);
                    assertThat(state.removed()).isTrue();
                    assertThat(state.removedAt()).isEqualTo(LONG_AGO);
                });
    }

    @Test
    void theClientRecordOfALinkedClientIsNeverWritten() {
        assertThat(all()).filteredOn(state -> state.origin() == Origin.LINKED)
                .allSatisfy(state -> assertThat(Intent.of(state, BEFORE).writesClient()).isFalse());
    }

    @Test
    void parkedClientsAndTakenIdsAreNotWritten() {
        assertThat(all()).filteredOn(state -> state.parked() || (state.idTaken() && !state.removed()))
                .allSatisfy(state -> assertThat(Intent.of(state, BEFORE)).satisfies(intent -> {
                    assertThat(intent.writesClient() || intent.writesMobileDevice()).isFalse();
                    assertThat(intent.guard()).isNull();
                }));
    }

    @Test
    void exactlyTheRecordsThatAreNotCurrentAreWritten() {
        assertThat(all()).filteredOn(state -> !state.parked() && !state.idTaken()).allSatisfy(state -> {
            Intent intent = Intent.of(state, null);
            boolean there = !state.removed() || state.mobileRecord() != RecordState.ABSENT
                    || (state.origin() == Origin.CREATED && state.clientRecord() != RecordState.ABSENT);
            assertThat(intent.writesMobileDevice()).isEqualTo(there && state.mobileRecord() != RecordState.CURRENT);
            assertThat(intent.writesClient())
                    .isEqualTo(there && state.origin() != Origin.LINKED && state.clientRecord() != RecordState.CURRENT);
        });
    }

    @Test
    void changesThatComeWithEverySynchronizationAreNotGuarded() {
        assertThat(all()).filteredOn(ClientState::stableCurrent)
                .allSatisfy(state -> assertThat(Intent.of(state, BEFORE).guard()).isNotEqualTo(Guard.CHANGE));
    }

    /** Returns every possible state. */
    private static List<ClientState> all() {
        List<ClientState> all = new ArrayList<>();
        List<Boolean> both = List.of(false, true);
        for (@Nullable
        Origin origin : Arrays.asList(null, Origin.CREATED, Origin.LINKED)) {
            for (RecordState client : RecordState.values()) {
                for (RecordState mobile : RecordState.values()) {
                    for (Instant removedAt : List.of(LONG_AGO, LATELY)) {
                        for (int flags = 0; flags < 32; flags++) {
                            all.add(new ClientState(new UUID(0, all.size()), both.get(flags & 1), removedAt, origin,
                                    true, client, mobile, both.get(flags >> 1 & 1), both.get(flags >> 2 & 1),
                                    both.get(flags >> 3 & 1), both.get(flags >> 4 & 1), Set.of(), Map.of()));
                        }
                    }
                }
            }
        }
        return all;
    }
}
