package io.acmpintune.engine.publication.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Computes a plan from the states of clients, which are added one by one in the order of their ids. */
public final class PlanBuilder {

    private final Policy policy;
    private final List<Plan.Item> items = new ArrayList<>();
    private final Map<Guard, Integer> newlyCounted = new EnumMap<>(Guard.class);
    private int notLookedUp;

    public PlanBuilder(Policy policy) {
        this.policy = policy;
    }

    /**
     * Totals of a workflow and a server.
     *
     * @param clients clients of the workflow
     * @param serverClients clients that the server has and whose devices are still in Intune
     * @param recentlyCounted clients that each guard has counted recently
     * @param conflicts devices that match no single client
     */
    public record Totals(int clients, int serverClients, Map<Guard, Integer> recentlyCounted, int conflicts) {
        public Totals {
            recentlyCounted = Map.copyOf(recentlyCounted);
        }
    }

    public void add(ClientState state) {
        Plan.Item item = Plan.Item.of(state, policy);
        if (item.kind() == PlanKind.UNCHANGED) {
            return;
        }
        items.add(item);
        notLookedUp += item.ready() ? 0 : 1;
        Guard guard = item.intent().guard();
        if (guard != null && item.isCountedBy(guard) && !state.recentlyCounted().contains(guard)) {
            newlyCounted.merge(guard, 1, Integer::sum);
        }
    }

    /**
     * Checks the guards and returns the plan.
     *
     * @param waiting guards with a hold that waits for a decision; further clients of their kind join it
     */
    public Plan build(Totals totals, Set<Guard> waiting) {
        Map<Guard, Plan.HeldSet> held = new EnumMap<>(Guard.class);
        for (Guard guard : EnumSet.allOf(Guard.class)) {
            List<UUID> counted = items.stream()
                    .filter(item -> item.isCountedBy(guard))
                    .map(Plan.Item::client)
                    .toList();
            int before = totals.recentlyCounted().getOrDefault(guard, 0);
            int limit = policy.limit(guard, totals.serverClients());
            boolean exceeds = before + newlyCounted.getOrDefault(guard, 0) > limit;
            if (!counted.isEmpty() && (exceeds || waiting.contains(guard))) {
                held.put(guard, new Plan.HeldSet(counted,
                        reason(guard, counted.size(), before, limit, totals.serverClients())));
            }
        }
        List<Plan.Item> guarded = items.stream()
                .map(item -> held.keySet().stream().anyMatch(item::isCountedBy) ? item.held() : item)
                .toList();
        return new Plan(counts(guarded, totals), guarded, held, notLookedUp, totals.serverClients());
    }

    private static Map<PlanKind, Integer> counts(List<Plan.Item> items, Totals totals) {
        Map<PlanKind, Integer> counts = new EnumMap<>(PlanKind.class);
        items.forEach(item -> counts.merge(item.kind(), 1, Integer::sum));
        counts.put(PlanKind.UNCHANGED, totals.clients() - items.size());
        counts.merge(PlanKind.CONFLICT, totals.conflicts(), Integer::sum);
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static String reason(Guard guard, int held, int before, int limit, int serverClients) {
        String what = switch (guard) {
            case CREATE -> "%d clients would be created";
            case REMOVE -> "%d clients would be marked as removed or deleted";
            case CHANGE -> "%d clients would be changed beyond the fields that change with every synchronization";
        };
        return what.formatted(held) + " in a server that has " + serverClients + "; at most " + limit
                + " an hour are applied without a decision"
                + (before == 0 ? "." : ", and " + before + " were in the last hour.");
    }
}
