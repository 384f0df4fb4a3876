package io.acmpintune.engine.publication.plan;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Counts what a run plans, sends and achieves. Not thread-safe. */
public final class Tally {

    private Map<PlanKind, Integer> planned = Map.of();
    private final Map<PlanKind, Integer> done = new EnumMap<>(PlanKind.class);
    private final Map<String, Integer> messages = new TreeMap<>();
    private final Map<String, String> licencesExhausted = new TreeMap<>();
    private final Set<UUID> lost = new HashSet<>();
    private boolean replanRequired;
    private int lookUps;

    /** Keeps the counts of the run's first plan; later plans of the run only cover what the server had lost. */
    public void planned(Plan plan) {
        if (planned.isEmpty()) {
            planned = plan.counts();
        }
    }

    public Map<PlanKind, Integer> planned() {
        return planned;
    }

    public void done(PlanKind kind, int clients) {
        if (clients > 0) {
            done.merge(kind, clients, Integer::sum);
        }
    }

    /** Returns the clients that the server acknowledged, by kind; {@code PARKED} are those that it refused. */
    public Map<PlanKind, Integer> done() {
        return done;
    }

    public void messageSent(String command) {
        messages.merge(command, 1, Integer::sum);
    }

    public Map<String, Integer> messages() {
        return messages;
    }

    public void lookedUp(int clients) {
        lookUps += clients;
    }

    public int lookUps() {
        return lookUps;
    }

    /** Returns whether the server has answered anything that makes progress. */
    public boolean hasProgress() {
        return lookUps > 0 || !done.isEmpty();
    }

    /** Notes that the server has lost a client. Returns false the second time, so that it is not saved for ever. */
    public boolean lost(UUID client) {
        boolean first = lost.add(client);
        replanRequired |= first;
        return first;
    }

    /** Makes the run plan again, because the plan turned out to be outdated. */
    public void requireReplan() {
        replanRequired = true;
    }

    /** Returns whether the run has to plan again, and resets that. */
    public boolean takeReplanRequired() {
        boolean required = replanRequired;
        replanRequired = false;
        return required;
    }

    /** Notes that a command was refused for lack of a licence. */
    public void licencesExhausted(String command, String reason) {
        licencesExhausted.put(command, reason);
    }

    /** Returns why a command accepts no more new clients in this run; null = it does. */
    public @Nullable String licencesExhausted(String command) {
        return licencesExhausted.get(command);
    }
}
