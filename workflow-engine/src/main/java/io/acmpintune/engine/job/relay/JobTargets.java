package io.acmpintune.engine.job.relay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobLifecycle;
import io.acmpintune.engine.job.JobSignal;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.Reason;
import io.acmpintune.engine.safety.SafetyGate;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.ConnectorProblem;
import io.acmpintune.engine.workflow.UnknownWorkflow;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.action.ActionDecision;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows what happened to single targets, and applies decisions about uncertain ones. */
@Component
public class JobTargets {

    private static final int CONFLICT = 409;
    private static final int BAD_GATEWAY = 502;

    private final Jobs jobs;
    private final JobLifecycle lifecycle;
    private final HandOverRepository handOvers;
    private final Connection connection;
    private final SafetyGate gate;
    private final TransactionOperations transactions;
    private final RelayAudit audit;
    private final JobSignal signal;

    /** The connectors. */
    @Component
    record Connection(Workflows workflows, ConnectorClients clients, JsonMapper json) {}

    JobTargets(Jobs jobs, JobLifecycle lifecycle, HandOverRepository handOvers, Connection connection,
            SafetyGate gate, TransactionOperations transactions, RelayAudit audit, JobSignal signal) {
        this.jobs = jobs;
        this.lifecycle = lifecycle;
        this.handOvers = handOvers;
        this.connection = connection;
        this.gate = gate;
        this.transactions = transactions;
        this.audit = audit;
        this.signal = signal;
    }

    /**
     * A target with its history.
     *
     * @param history the events of its action, the oldest first; empty = it has no action
     * @param problem why the history is not available; null = it is
     */
    public record Details(Job.Target target, List<ActionEvent> history, @Nullable Problem problem) {
        public Details {
            history = List.copyOf(history);
        }
    }

    /**
     * Returns a target with its history from the connector.
     *
     * @throws ProblemException 404 for an unknown job or target
     */
    public Details details(UUID job, UUID client) {
        Job of = jobs.summary(job).orElseThrow(() -> Jobs.unknown(job));
        Job.Target target = find(job, client);
        UUID action = target.action();
        if (action == null) {
            return new Details(target, List.of(), null);
        }
        Optional<Workflow> workflow = connection.workflows().find(of.workflow());
        if (workflow.isEmpty()) {
            return new Details(target, List.of(), UnknownWorkflow.removed(of.workflow()).problem());
        }
        try {
            return new Details(target, connection.clients()
                    .actionsOf(workflow.get())
                    .history(workflow.get().connector(), action), null);
        } catch (RestClientException e) {
            return new Details(target, List.of(), ConnectorProblem.of(workflow.get(), e, connection.json()));
        }
    }

    /**
     * Decides an action that Intune may or may not have accepted.
     *
     * @param reason why; null = none given
     * @param identity the authenticated caller
     * @throws ProblemException 400 for a reason that cannot be stored, 404 for an unknown job or target, 409 if no decision is needed
     *             or it must not be sent again now, 502 if the connector does not answer
     */
    public Job.Target decide(UUID job, UUID client, ActionDecision.Verdict verdict, @Nullable String reason,
            String identity) {
        String why = Reason.checked(reason);
        Job of = jobs.summary(job).orElseThrow(() -> Jobs.unknown(job));
        Job.Target target = find(job, client);
        UUID action = target.action();
        if (target.state() != ActionState.NEEDS_DECISION || action == null) {
            throw new ProblemException(
                    Problem.of(ProblemKind.NO_DECISION_NEEDED, "The target is " + target.state().text() + ".",
                            "Decide a target that is needs-decision; wait while it is uncertain."));
        }
        Workflow workflow = connection.workflows()
                .find(of.workflow())
                .orElseThrow(() -> UnknownWorkflow.removed(of.workflow()));
        if (verdict == ActionDecision.Verdict.SEND_AGAIN) {
            if (target.impact() == Impact.DESTRUCTIVE) {
                throw new ProblemException(Problem.of(ProblemKind.RESEND_NOT_ALLOWED,
                        "A " + of.queryAction().kind().text() + " is admitted once for each device.",
                        "Decide that Intune has taken it, or leave it as it is and start the action again: then it passes"
                                + " the approval and the caps again."));
            }
            checkLimits(of, target);
        }
        // before it can have any effect
        transactions.executeWithoutResult(_ -> audit.decided(of, target, verdict, why, identity));
        DeviceAction decided = send(of, target, workflow, new ActionDecision(verdict, identity));
        transactions.executeWithoutResult(_ -> {
            lifecycle.hold(List.of(job));
            audit.ended(of.workflow(), handOvers.report(List.of(decided)));
        });
        signal.changed();
        return find(job, client);
    }

    private void checkLimits(Job job, Job.Target target) {
        SafetyGate.Clearance answer = Objects.requireNonNull(
                transactions.execute(_ -> gate.clearAgain(job.id(), job.workflow(), job.queryAction().kind(),
                        target.impact())));
        switch (answer) {
            case SafetyGate.Clearance.Go(var count) when count > 0 -> {
                // it may be sent once more
            }
            case SafetyGate.Clearance.Go _ ->
                throw new ProblemException(Problem.of(ProblemKind.SAFETY_LIMIT_REACHED,
                        "The safety limits leave no room for another " + job.queryAction().kind().text() + " now.",
                        "Decide it later."));
            case SafetyGate.Clearance.Wait(var reason) -> throw refused(reason);
            case SafetyGate.Clearance.Stop(var reason) -> throw refused(reason);
        }
    }

    private static ProblemException refused(Problem reason) {
        return new ProblemException(reason.withStatus(CONFLICT));
    }

    private DeviceAction send(Job of, Job.Target target, Workflow workflow, ActionDecision decision) {
        try {
            return connection.clients()
                    .actionsOf(workflow)
                    .decide(workflow.connector(), Objects.requireNonNull(target.action()), decision);
        } catch (RestClientException e) {
            Problem problem = ConnectorProblem.of(workflow, e, connection.json());
            transactions.executeWithoutResult(_ -> audit.decisionFailed(of, target, problem));
            throw new ProblemException(problem.withStatus(problem.status() == CONFLICT ? CONFLICT : BAD_GATEWAY));
        }
    }

    private Job.Target find(UUID job, UUID client) {
        return jobs.target(job, client)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_TARGET,
                        "Job " + job + " has no target " + client + ".", "Use a client id of the job's targets.")));
    }
}
