package io.acmpintune.simulator.acmp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** What a test has ordered to go wrong with one server. */
public final class ServerFaults {

    /** Stands for every command; an order for the command itself comes first. */
    public static final String ANY_COMMAND = "*";

    private final Map<String, Queue<ReplyFault>> waiting = new HashMap<>();
    private final Map<String, Long> happened = new TreeMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean dead;
    private Duration slowness = Duration.ZERO;

    ServerFaults() {}

    /**
     * The next {@code times} commands of this name meet the fault, first ordered first.
     *
     * @param command its name, or {@link #ANY_COMMAND}
     * @throws IllegalArgumentException if no command is called so
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
     * So many commands of this name pass, then one meets the fault.
     *
     * @throws IllegalArgumentException as {@link #next}
     */
    public synchronized void after(String command, int honest, ReplyFault fault) {
        next(command, honest, new ReplyFault.None());
        next(command, 1, fault);
    }

    /** Every command takes so much longer from now on, one after the other. */
    public synchronized void slow(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a command cannot take " + time);
        }
        slowness = time;
    }

    /** From now on messages are taken and neither executed nor answered. */
    public synchronized void die() {
        dead = true;
    }

    /** Ends {@link #die()}; what was taken in the meantime is lost. */
    public synchronized void revive() {
        dead = false;
    }

    /** Publishes the replies that are kept back. */
    public void release() {
        List<Runnable> released;
        synchronized (this) {
            released = List.copyOf(held);
            held.clear();
        }
        released.forEach(Runnable::run);
    }

    /** How many replies are kept back now. */
    public synchronized int held() {
        return held.size();
    }

    /** Ordered faults that have not happened yet, by command. */
    public synchronized Map<String, Integer> pending() {
        var pending = new TreeMap<String, Integer>();
        waiting.forEach((command, queue) -> {
            if (!queue.isEmpty()) {
                pending.put(command, queue.size());
            }
        });
        return pending;
    }

    /** How many ordered faults have happened since the start, by the command that met them. */
    public synchronized Map<String, Long> happened() {
        return new TreeMap<>(happened);
    }

    /** Forgets what was ordered, publishes what is kept back, and the server is alive and quick again. */
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
