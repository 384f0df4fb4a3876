package io.acmpintune.engine.job;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows what would become of an order. Nothing is stored, and nothing counts as used. */
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
     * What the order would do.
     *
     * @param identity who is authenticated as the one who asks
     * @throws ProblemException 409 as for the order itself, where its filter finds other clients than expected
     */
    public Preview of(JobOrder order, String identity, Preview.Window window) {
        List<EvaluatedTarget> judged = targeting.judge(order);
        int reached = (int) judged.stream().filter(EvaluatedTarget::reached).count();
        List<Preview.Line> page = judged.stream()
                .filter(target -> shows(window.show(), target))
                .sorted(Comparator.comparing(EvaluatedTarget::clientId))
                .filter(target -> window.after() == null || target.clientId().compareTo(window.after()) > 0)
                .limit(window.limit())
                .map(target -> line(target, workflows.personalData(order.workflow())))
                .toList();
        return new Preview(order.workflow(), order.queryAction(), judged.size(), reached, judged.size() - reached,
                refusals(judged), start(order, identity, reached), page,
                page.size() < window.limit() ? null : page.getLast().clientId());
    }

    private static Preview.Line line(EvaluatedTarget target, PersonalDataPolicy policy) {
        boolean hidden = policy.hidesUser(target.ownership());
        return new Preview.Line(target.clientId(), target.device(), target.name(), target.serial(),
                hidden ? null : target.owner(), hidden, target.ownership(), target.refusal());
    }

    private static Map<String, Integer> refusals(List<EvaluatedTarget> judged) {
        return judged.stream()
                .map(EvaluatedTarget::refusal)
                .filter(Objects::nonNull)
                .map(Problem::kindText)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(_ -> 1)));
    }

    private Preview.Start start(JobOrder order, String identity, int devices) {
        if (devices == 0) {
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
            case REACHED -> target.reached();
            case REFUSED -> !target.reached();
        };
    }
}
