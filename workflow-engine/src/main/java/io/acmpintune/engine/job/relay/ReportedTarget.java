package io.acmpintune.engine.job.relay;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.job.HandOverStage;
import io.acmpintune.engine.job.HandOverStage.Event;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;

/** A target, and what the connector reports about its action. Pure. */
record ReportedTarget(Known target, DeviceAction action) {

    /**
     * A target that has an action.
     *
     * @param revision the revision of the last report; null = none since the connector's feed began
     */
    record Known(TargetKey key, String device, UUID action, ActionState state, HandOverStage stage,
            @Nullable Long revision) {}

    /**
     * Returns the targets with news. Reports older than the last one are skipped; revisions decide that, because the
     * connector's clock is not ours.
     */
    static List<ReportedTarget> of(List<Known> targets, Collection<DeviceAction> actions) {
        Map<UUID, DeviceAction> newest = actions.stream()
                .collect(Collectors.toMap(DeviceAction::id, Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(DeviceAction::revision))));
        return targets.stream()
                .flatMap(target -> Optional.ofNullable(newest.get(target.action()))
                        .map(action -> new ReportedTarget(target, action))
                        .stream())
                .filter(ReportedTarget::isNews)
                .toList();
    }

    private boolean isNews() {
        return target.revision() == null || target.revision() <= action.revision();
    }

    HandOverStage stage() {
        ActionState state = action.state();
        return target.stage()
                .after(state.isHandedOver() || state.isFinal() ? Event.REPORTED_CLOSED : Event.REPORTED_OPEN)
                .orElseThrow();
    }

    TargetChange change() {
        return new TargetChange(target.key(), target.device(), action.id(), target.state(), action.state(),
                action.problem());
    }
}
