package io.acmpintune.simulator.acmp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** The faults of one ACMP server that a test injects. */
public final class ServerFaults {

    /** Means every command; faults of a specific command take precedence. */
    public static final String ANY_COMMAND = "*";

    private final Map<String, Queue<ReplyFault>> waiting = new HashMap<>();
    private final Map<String, Long> happened = new TreeMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean dead;
    private Duration slowness = Duration.ZERO;

    ServerFaults() {}

    /**
     * Injects a fault into the next {@code times} commands of this name, after the faults that are already pending.
     *
     * @param command its name, or {@link #ANY_COMMAND}
     * @throws IllegalArgumentException if there is no such command
     */
    public synchronized void next(String command, int times, ReplyFault fault) {
        if (!command.equals(ANY_COMMAND)) {
            CommandVersions.checkName(command);
        }
        Queue<ReplyFault> queue = waiting.computeIfAbsent(command, c -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(fault);
        }
    }

    /**
     * Injects a fault into one command of this name, after {@code unaffected} others.
     *
     * @throws IllegalArgumentException as {@link #next}
     */
    public synchronized void after(String command, int unaffected, ReplyFault fault) {
        next(command, unaffected, new ReplyFault.None());
        next(command, 1, fault);
    }

    /** Delays every command by this time; commands are executed one after the other. */
    public synchronized void slow(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a command cannot take " + time);
        }
        slowness = time;
    }

    /** Makes the server discard all messages without a reply. */
    public synchronized void die() {
        dead = true;
    }

    /** Ends {@link #die()}; messages discarded in the meantime are lost. */
    public synchronized void revive() {
        dead = false;
    }

    /** Publishes the held replies. */
    public void release() {
        List<Runnable> released;
        synchronized (this) {
            released = List.copyOf(held);
            held.clear();
        }
        released.forEach(Runnable::run);
    }

    /** Returns the number of held replies. */
    public synchronized int held() {
        return held.size();
    }

    /** Returns the pending faults by command. */
    public synchronized Map<String, Integer> pending() {
        var pending = new TreeMap<String, Integer>();
        waiting.forEach((command, queue) -> {
            if (!queue.isEmpty()) {
                pending.put(command, queue.size());
            }
        });
        return pending;
    }

    /** Returns how many injected faults have happened since the start, by the affected command. */
    public synchronized Map<String, Long> happened() {
        return new TreeMap<>(happened);
    }

    /** Removes all pending faults, publishes the held replies and ends {@link #die()} and {@link #slow}. */
    public void clear() {
        synchronized (this) {
            waiting.clear();
            dead = false;
            slowness = Duration.ZERO;
        }
        release();
    }

    synchronized boolean dead() {
        return dead;
    }

    synchronized Duration slowness() {
        return slowness;
    }

    synchronized void hold(Runnable reply) {
        held.add(reply);
    }

    synchronized ReplyFault take(String command) {
        for (String key : List.of(command, ANY_COMMAND)) {
            Queue<ReplyFault> queue = waiting.get(key);
            ReplyFault next = queue == null ? null : queue.poll();
            if (next != null) {
                if (!(next instanceof ReplyFault.None)) {
                    happened.merge(command, 1L, Long::sum);
                }
                return next;
            }
        }
        return new ReplyFault.None();
    }
}
