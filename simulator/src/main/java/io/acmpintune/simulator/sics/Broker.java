package io.acmpintune.simulator.sics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps virtual routers and targets in memory; like SICS's own queues, they are lost when the broker restarts.
 * Participants are permanent peers such as an ACMP server, whose routers survive a restart.
 */
public final class Broker {

    private final Set<String> routers = ConcurrentHashMap.newKeySet();
    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Consumer<Message>>> participants = new ConcurrentHashMap<>();

    /** Registers a participant for this router and key; it is called on the publisher's thread. */
    public void join(String router, String key, Consumer<Message> participant) {
        participants.computeIfAbsent(router, r -> new ConcurrentHashMap<>()).put(key, participant);
    }

    /** Sends a message to all listeners; without any it is lost. Returns false if there is no such router. */
    public boolean publish(String router, String key, Message message) {
        if (!knows(router)) {
            return false;
        }
        Consumer<Message> participant = participants.getOrDefault(router, Map.of()).get(key);
        if (participant != null) {
            participant.accept(message);
        }
        targets.values().stream().filter(target -> target.listensTo(router, key)).forEach(t -> t.put(message));
        return true;
    }

    /** Returns the number of messages in a target; 0 if it does not exist. */
    public int waiting(String target) {
        return Optional.ofNullable(targets.get(target)).map(Target::waiting).orElse(0);
    }

    /** Returns the names of the existing targets. */
    public Set<String> targets() {
        return Set.copyOf(targets.keySet());
    }

    /** Returns the names of the existing virtual routers, without those of participants. */
    public Set<String> routers() {
        return Set.copyOf(routers);
    }

    boolean knows(String router) {
        return routers.contains(router) || participants.containsKey(router);
    }

    void createRouter(String router) {
        routers.add(router);
    }

    /** Returns false if there is no such router. */
    boolean deleteRouter(String router) {
        targets.values().removeIf(target -> target.router().equals(router));
        return routers.remove(router) || participants.containsKey(router);
    }

    /** Returns false if a target of this name belongs to another router. */
    boolean createTarget(String name, String router, List<String> keys) {
        Target target = targets.computeIfAbsent(name, n -> new Target(router));
        if (!target.router().equals(router)) {
            return false;
        }
        target.bind(keys);
        return true;
    }

    boolean deleteTarget(String name) {
        return targets.remove(name) != null;
    }

    /** Returns messages, or empty if the router has no such target. */
    Optional<List<Message>> consume(String router, String name, int count, Duration wait) {
        return Optional.ofNullable(targets.get(name))
                .filter(target -> target.router().equals(router))
                .map(target -> target.take(count, wait));
    }

    void clear() {
        targets.clear();
        routers.clear();
    }
}
