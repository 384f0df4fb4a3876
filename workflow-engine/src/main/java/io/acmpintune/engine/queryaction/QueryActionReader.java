package io.acmpintune.engine.queryaction;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpGuid;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes an order of a request, or names every wrong field of it at once. Pure. */
final class QueryActionReader {

    static final int MOST_CLIENTS = 10_000;
    private static final int LONGEST_NAME = 200;

    private final List<String> workflows;
    private final List<FieldError> errors = new ArrayList<>();

    private QueryActionReader(List<String> workflows) {
        this.workflows = workflows;
    }

    /**
     * Reads a request.
     *
     * @param workflows the workflows that there are
     * @throws ProblemException 400 with every wrong field
     */
    static JobOrder read(QueryActionRequest request, List<String> workflows) {
        return new QueryActionReader(workflows).order(request);
    }

    private JobOrder order(QueryActionRequest request) {
        Optional<QueryAction> action = action(request.queryAction());
        String workflow = workflow(request.workflow());
        SequencedSet<UUID> clients = clients(request.clientIds());
        String requestedBy = requestedBy(request.requestedBy());
        if (!errors.isEmpty() || action.isEmpty()) {
            throw new ProblemException(Problem.of("invalid-query-action", "Invalid query action", 400,
                    "The query action has " + errors.size() + " wrong field(s); no device was reached.",
                    "Correct what is named and send the query action again.").withErrors(errors));
        }
        return new JobOrder(workflow, action.get(), List.copyOf(clients), requestedBy);
    }

    private Optional<QueryAction> action(@Nullable String name) {
        if (name == null || name.isBlank()) {
            wrong("queryAction", "is missing; set one of " + QueryAction.names());
            return Optional.empty();
        }
        Optional<QueryAction> action = QueryAction.named(name);
        if (action.isEmpty()) {
            wrong("queryAction", "'" + name + "' is not an action of this version; set one of " + QueryAction.names());
        }
        return action;
    }

    private String workflow(@Nullable String name) {
        if (name == null || name.isBlank()) {
            if (workflows.size() != 1) {
                wrong("workflow", "is missing, and there are several; set one of " + String.join(", ", workflows));
            }
            return workflows.getFirst();
        }
        if (!workflows.contains(name)) {
            wrong("workflow", "there is no workflow '" + name + "'; set one of " + String.join(", ", workflows));
        }
        return name;
    }

    private SequencedSet<UUID> clients(@Nullable List<@Nullable String> ids) {
        SequencedSet<UUID> clients = new LinkedHashSet<>();
        if (ids == null || ids.isEmpty()) {
            wrong("clientIds", "is missing or empty; set the ClientIds of 1 to " + MOST_CLIENTS + " clients");
            return clients;
        }
        if (ids.size() > MOST_CLIENTS) {
            wrong("clientIds", "has " + ids.size() + " entries; at most " + MOST_CLIENTS + " are taken at once");
            return clients;
        }
        for (int i = 0; i < ids.size(); i++) {
            Optional<UUID> id = guid(ids.get(i));
            id.ifPresent(clients::add);
            if (id.isEmpty()) {
                wrong("clientIds[" + i + "]", "is not a GUID such as {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}");
            }
        }
        return clients;
    }

    private String requestedBy(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            wrong("requestedBy", "must name the operator with 1 to " + LONGEST_NAME + " printable characters");
            return "";
        }
        return name.strip();
    }

    private static Optional<UUID> guid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : AcmpGuid.read(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private void wrong(String field, String reason) {
        errors.add(new FieldError(field, reason));
    }
}
