package io.acmpintune.engine.job;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.safety.Affected;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Previews orders: nothing is stored, and nothing counts towards the limits. */
@Component
public class Previews {

    private final Targeting targeting;
    private final SafetyGate gate;
    private final Workflows workflows;

    Previews(Targeting targeting, SafetyGate gate, Workflows workflows) {
        this.targeting = targeting;
        this.gate = gate;
        this.workflows = workflows;
    }

    /**
     * Returns what the order would do.
     *
     * @param identity the authenticated caller
     * @throws ProblemException 409 as for the order itself, if its filter finds too many clients, or others than it names
     */
    public Preview of(JobOrder order, String identity, Preview.Window window) {
        List<EvaluatedTarget> targets = targeting.evaluate(order);
        Affected affected = EvaluatedTarget.affected(targets);
        int reached = affected.total();
        List<Preview.Line> page = targets.stream()
                .filter(target -> shows(window.show(), target))
                .sorted(Comparator.comparing(EvaluatedTarget::clientId))
                .filter(target -> window.after() == null || target.clientId().compareTo(window.after()) > 0)
                .limit(window.limit())
                .map(target -> line(target, workflows.personalData(order.workflow())))
                .toList();
        return new Preview(order.workflow(), order.queryAction(),
                reached == 0 ? order.queryAction().greatestImpact() : affected.impact(), targets.size(),
                order.filter() == null
                        ? null
                        : ClientSet.of(targets.stream().map(EvaluatedTarget::clientId).toList()),
                reached, targets.size() - reached, refusals(targets), gate.needsConfirmation(affected),
                start(order, identity, affected), page,
                page.size() < window.limit() ? null : page.getLast().clientId());
    }

    private static Preview.Line line(EvaluatedTarget target, PersonalDataPolicy policy) {
        boolean hidden = policy.hidesUser(target.ownership());
        EvaluatedTarget.Seen seen = target.seen();
        return new Preview.Line(target.clientId(), target.device(), target.name(), seen == null ? null : seen.serial(),
                hidden || seen == null ? null : seen.owner(), hidden, target.ownership(), target.impact(),
                target.refusal());
    }

    private static Map<String, Integer> refusals(List<EvaluatedTarget> targets) {
        return targets.stream()
                .map(EvaluatedTarget::refusal)
                .filter(Objects::nonNull)
                .map(Problem::kindText)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(_ -> 1)));
    }

    private Preview.Start start(JobOrder order, String identity, Affected devices) {
        if (devices.total() == 0) {
            return new Preview.Start(false, null, null);
        }
        return switch (gate.preview(order.forSafety(null, identity, devices))) {
            case SafetyGate.Admission.Free() -> new Preview.Start(false, null, null);
            case SafetyGate.Admission.NeedsApproval(var reason) -> new Preview.Start(true, reason, null);
            case SafetyGate.Admission.Refused(var problem) -> new Preview.Start(false, null, problem);
        };
    }

    private static boolean shows(Preview.Show show, EvaluatedTarget target) {
        return switch (show) {
            case ALL -> true;
            case REACHED -> target.isEligible();
            case REFUSED -> !target.isEligible();
        };
    }
}
