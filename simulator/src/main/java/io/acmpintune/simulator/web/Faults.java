package io.acmpintune.simulator.web;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The faults that a test has ordered and that have not happened yet, first ordered first, per route. */
public final class Faults {

    private final Map<String, Queue<Fault>> waiting = new HashMap<>();
    private final Supplier<Set<String>> routes;
    private final AtomicInteger hanging = new AtomicInteger();
    private CountDownLatch gate = new CountDownLatch(1);

    Faults(Supplier<Set<String>> routes) {
        this.routes = routes;
    }

    /**
     * The next {@code times} requests on the route meet the fault.
     *
     * @param route method and path template as in {@link Route#name()}
     * @throws IllegalArgumentException if no such route exists; the message lists those that do
     */
    public synchronized void next(String route, int times, Fault fault) {
        Set<String> known = routes.get();
        if (!known.contains(route)) {
            throw new IllegalArgumentException(
                    "no route is called '" + route + "'; the routes are " + new TreeSet<>(known));
        }
        Queue<Fault> queue = waiting.computeIfAbsent(route, r -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(fault);
        }
    }

    /**
     * So many requests on the route pass, then one meets the fault.
     *
     * @throws IllegalArgumentException as {@link #next}
     */
    public synchronized void after(String route, int honest, Fault fault) {
        next(route, honest, new Fault.None());
        next(route, 1, fault);
    }

    /** How many ordered faults of the route have not happened yet. */
    public synchronized int pending(String route) {
        Queue<Fault> queue = waiting.get(route);
        return queue == null ? 0 : queue.size();
    }

    /** Ordered faults that have not happened yet, by route. */
    public synchronized Map<String, Integer> pending() {
        var pending = new TreeMap<String, Integer>();
        waiting.forEach((route, queue) -> {
            if (!queue.isEmpty()) {
                pending.put(route, queue.size());
            }
        });
        return pending;
    }

    /** How many requests hang now, done but not answered. */
    public int hanging() {
        return hanging.get();
    }

    /** Has all that hang now answered. */
    public synchronized void release() {
        gate.countDown();
        gate = new CountDownLatch(1);
    }

    /** Forgets what was ordered, and releases what hangs. */
    public synchronized void clear() {
        waiting.clear();
        release();
    }

    /** Waits for {@link #release()}; false if the connection ended before. */
    boolean hang() {
        CountDownLatch mine = gate();
        hanging.incrementAndGet();
        try {
            mine.await();
            return true;
        } catch (InterruptedException connectionGone) {
            return false;
        } finally {
            hanging.decrementAndGet();
        }
    }

    private synchronized CountDownLatch gate() {
        return gate;
    }

    synchronized Optional<Fault> take(String route) {
        Queue<Fault> queue = waiting.get(route);
        return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
    }
}
