package io.acmpintune.engine.publication;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What would be done in one ACMP server, as data: shown, counted, guarded, and then applied.
 *
 * @param counts clients by kind; kinds without any are missing
 * @param items every client with which something is, in the order of ids
 * @param held the guards that keep something back, each with all that it keeps
 * @param notLookedUp clients of which the server was not asked yet, so that they may be linked rather than created
 * @param present clients that the server has
 */
record Plan(Map<PlanKind, Integer> counts, List<Item> items, Map<Guard, Held> held, int notLookedUp, int present) {

    Plan {
        counts = Map.copyOf(counts);
        items = List.copyOf(items);
        held = Map.copyOf(held);
    }

    /**
     * A client of the plan.
     *
     * @param kind what is shown of it; {@code HELD} where a guard or a person keeps the intent back
     * @param released whether a person has released it, so that no guard counts it
     * @param ready false = the server is to be asked for it first
     */
    record Item(UUID client, PlanKind kind, Intent intent, boolean released, boolean ready) {

        /** What is to be done about a client, as far as it does not hang on the others. */
        static Item of(ClientState state, Policy policy) {
            Intent intent = Intent.of(state, policy.deleteBefore());
            boolean ready = !policy.lookUp() || state.isLookedUp() || intent.kind() != PlanKind.CREATE;
            ClientState.@Nullable Decision decision = intent.guard() == null
                    ? null
                    : state.decisions().get(intent.guard());
            return new Item(state.id(), decision == ClientState.Decision.REJECTED ? PlanKind.HELD : intent.kind(),
                    intent, decision == ClientState.Decision.RELEASED, ready);
        }

        Item held() {
            return new Item(client, PlanKind.HELD, intent, false, ready);
        }
    }

    /** What a guard keeps back: clients in the order of ids, and why. */
    record Held(List<UUID> clients, String reason) {
        Held {
            clients = List.copyOf(clients);
        }
    }

    /**
     * What there is beside the clients' states.
     *
     * @param clients clients of the workflow
     * @param present clients that the server has and that have not left
     * @param counted how many clients each guard has counted lately
     * @param conflicts devices that are no client because a person has to decide which
     */
    record Totals(int clients, int present, Map<Guard, Integer> counted, int conflicts) {
        Totals {
            counted = Map.copyOf(counted);
        }
    }

    /** What is to be applied. */
    List<Item> steps() {
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

    /** A plan in the making, that takes one state after the other. */
    static final class Draft {

        private final Policy policy;
        private final List<Item> items = new ArrayList<>();
        private final Map<Guard, Integer> fresh = new EnumMap<>(Guard.class);
        private int notLookedUp;

        Draft(Policy policy) {
            this.policy = policy;
        }

        void add(ClientState state) {
            Item item = Item.of(state, policy);
            if (item.kind() == PlanKind.UNCHANGED) {
                return;
            }
            items.add(item);
            notLookedUp += item.ready() ? 0 : 1;
            Guard guard = item.intent().guard();
            if (guard != null && isCounted(item, guard) && !state.counted().contains(guard)) {
                fresh.merge(guard, 1, Integer::sum);
            }
        }

        /**
         * Asks the guards.
         *
         * @param waiting guards of which a hold waits for a decision: what is of their kind waits with it
         */
        Plan close(Totals totals, Set<Guard> waiting) {
            Map<Guard, Held> held = new EnumMap<>(Guard.class);
            for (Guard guard : EnumSet.allOf(Guard.class)) {
                List<UUID> kept = items.stream().filter(item -> isCounted(item, guard)).map(Item::client).toList();
                int before = totals.counted().getOrDefault(guard, 0);
                int limit = policy.limits().limit(guard, totals.present());
                boolean exceeds = before + fresh.getOrDefault(guard, 0) > limit;
                if (!kept.isEmpty() && (exceeds || waiting.contains(guard))) {
                    held.put(guard, new Held(kept, reason(guard, kept.size(), before, limit, totals.present())));
                }
            }
            List<Item> shown = items.stream()
                    .map(item -> held.keySet().stream().anyMatch(guard -> isCounted(item, guard)) ? item.held() : item)
                    .toList();
            return new Plan(counts(shown, totals), shown, held, notLookedUp, totals.present());
        }

        private static boolean isCounted(Item item, Guard guard) {
            return item.intent().guard() == guard && item.kind() != PlanKind.HELD && !item.released();
        }

        private static Map<PlanKind, Integer> counts(List<Item> items, Totals totals) {
            Map<PlanKind, Integer> counts = new EnumMap<>(PlanKind.class);
            items.forEach(item -> counts.merge(item.kind(), 1, Integer::sum));
            counts.put(PlanKind.UNCHANGED, totals.clients() - items.size());
            counts.merge(PlanKind.CONFLICT, totals.conflicts(), Integer::sum);
            counts.values().removeIf(count -> count == 0);
            return counts;
        }

        private static String reason(Guard guard, int kept, int before, int limit, int present) {
            String what = switch (guard) {
                case CREATE -> "%d clients would be created";
                case REMOVE -> "%d clients would be marked as removed or deleted";
                case CHANGE -> "%d clients would be changed in more than what changes with each synchronization";
            };
            return what.formatted(kept) + " in a server that has " + present + "; at most " + limit
                    + " an hour are applied without asking"
                    + (before == 0 ? "." : ", and " + before + " were in the last hour.");
        }
    }
}
