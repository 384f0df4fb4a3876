package io.acmpintune.engine.safety;

import java.util.List;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.Lanes;

/** Knows which connectors have acknowledged the emergency stops, and wakes the lanes that push them. */
@Component
class StopPushes {

    static final String LANE = "push-stops";

    private final PushRepository pushes;
    private final Workflows workflows;
    private final Lanes lanes;

    StopPushes(PushRepository pushes, Workflows workflows, Lanes lanes) {
        this.pushes = pushes;
        this.workflows = workflows;
        this.lanes = lanes;
    }

    /** Has a change pushed to the connectors at once. */
    void wake(String scope) {
        concerned(scope).forEach(workflow -> lanes.wake(LANE, workflow.name()));
    }

    List<EmergencyStop.ConnectorStatus> statuses(EmergencyStop stop) {
        return concerned(stop.workflow()).stream().map(workflow -> {
            PushRepository.Push push = pushes.push(workflow.name(), stop.workflow());
            return new EmergencyStop.ConnectorStatus(workflow.name(), workflow.connector(),
                    push.revision() >= stop.revision() && push.problem() == null, push.acknowledgedAt(),
                    push.problem());
        }).toList();
    }

    private List<Workflow> concerned(String scope) {
        return workflows.all()
                .stream()
                .filter(workflow -> scope.equals(EmergencyStop.ALL) || scope.equals(workflow.name()))
                .toList();
    }
}
