package io.acmpintune.engine.publication;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.RecordCommand;

/** What a run has come to so far. */
final class Tally {

    private Map<PlanKind, Integer> planned = Map.of();
    private final Map<PlanKind, Integer> done = new EnumMap<>(PlanKind.class);
    private final Map<String, Integer> messages = new TreeMap<>();
    private final Set<UUID> lost = new HashSet<>();
    private boolean openedAgain;
    private int lookUps;
    private final Map<RecordCommand, String> licencesExhausted = new EnumMap<>(RecordCommand.class);

    /** The run's first plan; later ones within it only take up what the server had lost. */
    void planned(Plan plan) {
        if (planned.isEmpty()) {
            planned = plan.counts();
        }
    }

    Map<PlanKind, Integer> planned() {
        return planned;
    }

    void done(PlanKind kind, int clients) {
        if (clients > 0) {
            done.merge(kind, clients, Integer::sum);
        }
    }

    /** Clients by kind, as the server acknowledged them; {@code PARKED} are those that it refused. */
    Map<PlanKind, Integer> done() {
        return done;
    }

    void message(String command) {
        messages.merge(command, 1, Integer::sum);
    }

    Map<String, Integer> messages() {
        return messages;
    }

    void lookedUp(int clients) {
        lookUps += clients;
    }

    int lookUps() {
        return lookUps;
    }

    /** Whether the server has answered anything that brings the run forward. */
    boolean hasWorked() {
        return lookUps > 0 || !done.isEmpty();
    }

    /** The server has lost the client. False the second time: else it would be saved for ever. */
    boolean lost(UUID client) {
        boolean first = lost.add(client);
        openedAgain |= first;
        return first;
    }

    /** What was planned turned out to be otherwise, so that the run plans once more. */
    void opensAgain() {
        openedAgain = true;
    }

    /** Whether the run has to plan once more; the next answer is about what comes after this one. */
    boolean takeOpenedAgain() {
        boolean opened = openedAgain;
        openedAgain = false;
        return opened;
    }

    /** A command found no licence for one more client; why, for a person. */
    void licencesExhausted(RecordCommand command, String refusal) {
        licencesExhausted.put(command, refusal);
    }

    /** Why a command takes no more new clients in this run; null = it does. */
    @Nullable
    String licencesExhausted(RecordCommand command) {
        return licencesExhausted.get(command);
    }
}
