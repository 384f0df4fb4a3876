package io.acmpintune.engine.publication.plan;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a run does in one ACMP server, as data that is shown, counted, guarded and then applied.
 *
 * @param counts clients by kind; kinds without clients are missing
 * @param items every client that is not unchanged, in the order of ids
 * @param held the sets held by guards
 * @param notLookedUp clients that were not looked up yet, and so may be linked rather than created
 * @param serverClients clients that the server has
 */
public record Plan(Map<PlanKind, Integer> counts, List<Item> items, Map<Guard, HeldSet> held, int notLookedUp,
        int serverClients) {

    public Plan {
        counts = Map.copyOf(counts);
        items = List.copyOf(items);
        held = Map.copyOf(held);
    }

    /**
     * A client of the plan.
     *
     * @param kind as shown: {@code HELD} where a guard or a rejection blocks the intent
     * @param released whether an administrator has released it, so that no guard counts it
     * @param ready false = the client has to be looked up in the server first
     */
    public record Item(UUID client, PlanKind kind, Intent intent, boolean released, boolean ready) {

        /** Returns the item of a client as far as it does not depend on other clients. */
        public static Item of(ClientState state, Policy policy) {
            Intent intent = Intent.of(state, policy.deleteBefore());
            boolean ready = !policy.lookUp() || state.isPresenceKnown() || intent.kind() != PlanKind.CREATE;
            ClientState.@Nullable Decision decision = intent.guard() == null
                    ? null
                    : state.decisions().get(intent.guard());
            return new Item(state.id(), decision == ClientState.Decision.REJECTED ? PlanKind.HELD : intent.kind(),
                    intent, decision == ClientState.Decision.RELEASED, ready);
        }

        /** Returns whether a guard counts it: not what was released or rejected. */
        boolean isCountedBy(Guard guard) {
            return intent.guard() == guard && kind != PlanKind.HELD && !released;
        }

        Item held() {
            return new Item(client, PlanKind.HELD, intent, false, ready);
        }
    }

    /**
     * The clients that a guard holds.
     *
     * @param clients in the order of ids
     * @param reason why, for an administrator
     */
    public record HeldSet(List<UUID> clients, String reason) {
        public HeldSet {
            clients = List.copyOf(clients);
        }
    }

    /** Returns the items to be applied. */
    public List<Item> steps() {
        return items.stream().filter(item -> item.ready() && isApplied(item.kind())).toList();
    }

    int count(PlanKind kind) {
        return counts.getOrDefault(kind, 0);
    }

    private static boolean isApplied(PlanKind kind) {
        return switch (kind) {
            case CREATE, LINK, UPDATE, MARK_REMOVED, DELETE -> true;
            case UNCHANGED, CONFLICT, HELD, PARKED -> false;
        };
    }
}
