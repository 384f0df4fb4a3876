package io.acmpintune.engine.job.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Divides the room for new targets between the identities that ordered them, target by target. Pure. */
final class FairShares {

    private FairShares() {}

    /** How many targets of a job may be claimed; at least one. */
    record Share(HandOverRepository.Backlog of, int targets) {}

    /**
     * Returns the shares of jobs. Of two identities with enough targets, neither gets more than one target more than the other.
     *
     * @param backlogs the jobs of each identity in the order in which they are claimed
     * @param room the number of targets that may be claimed
     * @param turn which identity begins, so that all get their turn where there is less room than there are identities
     */
    static List<Share> of(Collection<HandOverRepository.Backlog> backlogs, int room, int turn) {
        List<Deque<HandOverRepository.Backlog>> queues = new ArrayList<>(queues(backlogs).values());
        Collections.rotate(queues, -turn);
        Map<HandOverRepository.Backlog, Integer> shares = new LinkedHashMap<>();
        Deque<Deque<HandOverRepository.Backlog>> next = new ArrayDeque<>(queues);
        for (int left = room; left > 0 && !next.isEmpty(); left--) {
            Deque<HandOverRepository.Backlog> queue = next.removeFirst();
            HandOverRepository.Backlog first = queue.getFirst();
            if (shares.merge(first, 1, Integer::sum) == first.unclaimed()) {
                queue.removeFirst();
            }
            if (!queue.isEmpty()) {
                next.addLast(queue);
            }
        }
        return shares.entrySet().stream().map(share -> new Share(share.getKey(), share.getValue())).toList();
    }

    private static Map<String, Deque<HandOverRepository.Backlog>> queues(
            Collection<HandOverRepository.Backlog> backlogs) {
        Map<String, Deque<HandOverRepository.Backlog>> queues = new LinkedHashMap<>();
        backlogs.forEach(backlog -> queues.computeIfAbsent(backlog.identity(), _ -> new ArrayDeque<>()).add(backlog));
        return queues;
    }
}
