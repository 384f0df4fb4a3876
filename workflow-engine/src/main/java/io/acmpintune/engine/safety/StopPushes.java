package io.acmpintune.engine.safety;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** Knows which connectors have acknowledged the emergency stops, pushes changes at once, and wakes the lanes that repeat them. */
class StopPushes {

    static final String LANE = "push-stops";

    private final PushRepository pushes;
    private final Map<String, StopPusher> pushers;
    private final Lanes lanes;
    private final Executor executor;

    /** @param pushers in the order of the workflows */
    StopPushes(PushRepository pushes, List<StopPusher> pushers, Lanes lanes, Executor executor) {
        this.pushes = pushes;
        this.pushers = pushers.stream()
                .collect(Collectors.toUnmodifiableMap(pusher -> pusher.workflow().name(), Function.identity()));
        this.lanes = lanes;
        this.executor = executor;
    }

    /** Pushes a change to all connectors that it concerns, side by side; where that fails, the lane repeats it. */
    CompletableFuture<Void> push(EmergencyStop stop) {
        return CompletableFuture.allOf(concerned(stop.workflow()).stream()
                .map(pusher -> CompletableFuture.runAsync(() -> {
                    if (!pusher.push(stop)) {
                        lanes.wake(LANE, pusher.workflow().name());
                    }
                }, executor))
                .toArray(CompletableFuture[]::new));
    }

    /** Returns the work of the lanes by workflow: repeat what is not acknowledged, and write audit entries that are missing. */
    Map<String, LaneWork> lanes(StopAudit audit) {
        return pushers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, pusher -> lane -> {
            audit.catchUp();
            return pusher.getValue().run(lane);
        }));
    }

    /** Sends a stop that could not be stored, and returns the problems of the connectors that have not acknowledged it. */
    List<Problem> pushUnstored(EmergencyStop stop) {
        return concerned(stop.workflow()).stream()
                .map(pusher -> CompletableFuture.supplyAsync(() -> pusher.send(stop), executor))
                .toList()
                .stream()
                .flatMap(sent -> sent.join().stream())
                .toList();
    }

    List<EmergencyStop.ConnectorStatus> statuses(EmergencyStop stop) {
        return concerned(stop.workflow()).stream().map(pusher -> {
            String workflow = pusher.workflow().name();
            PushRepository.Push push = pushes.push(workflow, stop.workflow());
            return new EmergencyStop.ConnectorStatus(workflow, pusher.workflow().connector(),
                    push.revision() >= stop.revision() && push.problem() == null, push.acknowledgedAt(),
                    push.problem());
        }).toList();
    }

    private List<StopPusher> concerned(String scope) {
        return pushers.values()
                .stream()
                .filter(pusher -> scope.equals(EmergencyStop.ALL) || scope.equals(pusher.workflow().name()))
                .sorted((one, other) -> one.workflow().name().compareTo(other.workflow().name()))
                .toList();
    }
}
