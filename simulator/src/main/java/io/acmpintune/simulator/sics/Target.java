package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A queue bound to routing keys of one virtual router. Reading a message removes it. */
final class Target {

    private final String router;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();

    Target(String router) {
        this.router = router;
    }

    String router() {
        return router;
    }

    void bind(List<String> routingKeys) {
        keys.addAll(routingKeys);
    }

    boolean listensTo(String virtualRouter, String key) {
        return router.equals(virtualRouter) && keys.contains(key);
    }

    void put(Message message) {
        queue.add(message);
    }

    int waiting() {
        return queue.size();
    }

    /** Returns up to {@code count} messages: the waiting ones, and those that arrive within the time. */
    List<Message> take(int count, Duration time) {
        var messages = new ArrayList<Message>();
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (messages.size() < count) {
                Message next = queue.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                messages.add(next);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return messages;
    }
}
