package io.acmpintune.engine.console.setup;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.verification.ConnectorVerification.Answer;
import io.acmpintune.engine.verification.SicsReport;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Outcome;

/**
 * A check for the page.
 *
 * @param key of its text
 * @param subject what is checked, if there are several; null otherwise
 * @param remedy null if there is nothing to do
 * @param details further findings, such as each wrong field
 */
record Check(String key, @Nullable String subject, Outcome outcome, String found, @Nullable String remedy,
        List<Problem.FieldError> details) {

    private static final int NOT_FOUND = 404;

    Check {
        details = List.copyOf(details);
    }

    /** Checks that the connector-service answers; a new connector may be unknown to it. */
    static List<Check> of(Answer<ConnectorStatus> answer, Workflow workflow, String connector) {
        boolean another = !workflow.connector().equals(connector);
        return switch (answer) {
            case Answer.Received<ConnectorStatus>(var status) -> List.of(
                    ok("connector-service", "It answers at " + workflow.connectorUrl() + " and takes the token."),
                    ok("connector", status.name() + " is configured there, for the tenant " + status.tenantId() + "."));
            case Answer.Failed<ConnectorStatus>(var problem) when problem.status() == NOT_FOUND -> List.of(
                    ok("connector-service", "It answers at " + workflow.connectorUrl() + " and takes the token."),
                    another
                            ? new Check("connector", null, Outcome.SKIPPED, problem.detail(), null, List.of())
                            : failed("connector", problem));
            case Answer.Failed<ConnectorStatus>(var problem) -> List.of(failed("connector-service", problem));
        };
    }

    static List<Check> of(Answer<ConnectionReport> answer) {
        return switch (answer) {
            case Answer.Received<ConnectionReport>(var report) -> report.steps()
                    .stream()
                    .map(step -> new Check(step.name().toString(), null, step.outcome(), step.found(), step.remedy(),
                            List.of()))
                    .toList();
            case Answer.Failed<ConnectionReport>(var problem) -> List.of(failed("verification", problem));
        };
    }

    static List<Check> of(SicsReport report) {
        return report.steps()
                .stream()
                .map(step -> new Check(step.name().toString(), step.server(), step.outcome(), step.found(),
                        step.remedy(), List.of()))
                .toList();
    }

    static List<Check> all(List<Check> first, List<Check> then) {
        List<Check> all = new ArrayList<>(first);
        all.addAll(then);
        return List.copyOf(all);
    }

    /** Returns the name of the outcome's icon and colour. */
    public String tone() {
        return switch (outcome) {
            case SKIPPED -> "unknown";
            case OK -> "good";
            case WARNING -> "warn";
            case FAILED -> "bad";
        };
    }

    private static Check ok(String key, String found) {
        return new Check(key, null, Outcome.OK, found, null, List.of());
    }

    private static Check failed(String key, Problem problem) {
        return new Check(key, null, Outcome.FAILED, problem.detail(), problem.remedy(),
                problem.errors() == null ? List.of() : problem.errors());
    }
}
