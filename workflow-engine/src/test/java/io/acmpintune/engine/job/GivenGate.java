package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

/** A gate that answers as the test says; everything passes unless it says otherwise. */
public final class GivenGate implements DestructiveGate {

    public static final Problem REASON = Problem.of(ProblemKind.CAP_REACHED, 0, "Enough for now.", "Wait.");
    public static final Problem STOP = Problem.of(ProblemKind.EMERGENCY_STOP, 0, "All is stopped.", "Lift it.");

    private Admission admission = new Admission.Free();
    private Approval approval = new Approval.Pending();
    private IntFunction<HandOver> handOver = HandOver.Go::new;
    private final List<Intent> intents = new ArrayList<>();
    private final List<UUID> withdrawn = new ArrayList<>();

    public void admits(Admission answer) {
        admission = answer;
    }

    public void approves(Approval answer) {
        approval = answer;
    }

    public void lets(IntFunction<HandOver> answer) {
        handOver = answer;
    }

    /** The jobs that nobody needs to approve any more. */
    public List<UUID> withdrawn() {
        return withdrawn;
    }

    /** What jobs were to be made, the last one last. */
    public List<Intent> intents() {
        return intents;
    }

    @Override
    public Admission preview(Intent intent) {
        return admission;
    }

    @Override
    public synchronized Admission admit(Intent intent) {
        intents.add(intent);
        return admission;
    }

    @Override
    public HandOver handOver(UUID job, String workflow, QueryAction action, int wanted) {
        return handOver.apply(wanted);
    }

    @Override
    public synchronized void withdraw(UUID job, String by) {
        withdrawn.add(job);
    }

    @Override
    public Approval approval(UUID job) {
        return approval;
    }
}
