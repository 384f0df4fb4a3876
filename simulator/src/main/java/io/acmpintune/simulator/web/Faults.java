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

/** The pending faults of each route, in the order in which they were injected. */
public final class Faults {

    private final Map<String, Queue<Fault>> waiting = new HashMap<>();
    private final Supplier<Set<String>> routes;
    private final AtomicInteger hanging = new AtomicInteger();
    private CountDownLatch gate = new CountDownLatch(1);

    Faults(Supplier<Set<String>> routes) {
        this.routes = routes;
    }

    /**
     * Injects a fault into the next {@code times} requests of the route.
     *
     * @param route method and path template as in {@link Route#name()}
     * @throws IllegalArgumentException if there is no such route; the message lists the existing ones
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
     * Injects a fault into one request of the route, after {@code unaffected} others.
     *
     * @throws IllegalArgumentException as {@link #next}
     */
    public synchronized void after(String route, int unaffected, Fault fault) {
        next(route, unaffected, new Fault.None());
        next(route, 1, fault);
    }

    /** Returns the number of pending faults of a route. */
    public synchronized int pending(String route) {
        Queue<Fault> queue = waiting.get(route);
        return queue == null ? 0 : queue.size();
    }

    /** Returns the number of pending faults by route. */
    public synchronized Map<String, Integer> pending() {
        var pending = new TreeMap<String, Integer>();
        waiting.forEach((route, queue) -> {
            if (!queue.isEmpty()) {
                pending.put(route, queue.size());
            }
        });
        return pending;
    }

    /** Returns the number of requests that were executed and wait for {@link #release()}. */
    public int hanging() {
        return hanging.get();
    }

    /** Sends the responses of all hanging requests. */
    public synchronized void release() {
        gate.countDown();
        gate = new CountDownLatch(1);
    }

    /** Removes pending faults and releases hanging requests. */
    public synchronized void clear() {
        waiting.clear();
        release();
    }

    /** Waits for {@link #release()}. Returns false if the connection ended before. */
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
