package io.acmpintune.engine.queryaction;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.job.ClientSet;
import io.acmpintune.engine.job.Confirmation;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActionRequest.Filter;
import io.acmpintune.engine.queryaction.QueryActionRequest.Parameters;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.runtime.problem.ProblemException;

/** Turns a request into an order, or reports all its wrong fields at once. Pure. */
final class QueryActionReader {

    private static final int LONGEST_TEXT = 200;
    private static final int LAST_YEAR = 9_999;
    private static final Set<String> OWNERSHIPS = Set.of("company", "personal", "unknown");

    private final List<String> workflows;
    private final boolean preview;
    private final WrongFields wrong = new WrongFields();

    private QueryActionReader(List<String> workflows, boolean preview) {
        this.workflows = workflows;
        this.preview = preview;
    }

    /**
     * Reads a request that starts a job.
     *
     * @param workflows the names of the configured workflows
     * @throws ProblemException 400 with all wrong fields
     */
    static JobOrder read(QueryActionRequest request, List<String> workflows) {
        return new QueryActionReader(workflows, false).order(request);
    }

    /**
     * Reads a request for a preview: it needs no operator, set of clients or confirmation, and no parameters, which do not affect which
     * clients are eligible.
     *
     * @throws ProblemException 400 with all wrong fields
     */
    static JobOrder readForPreview(QueryActionRequest request, List<String> workflows) {
        return new QueryActionReader(workflows, true).order(request);
    }

    private JobOrder order(QueryActionRequest request) {
        Optional<QueryAction> action = action(request.queryAction());
        Filter filter = request.filter();
        String workflow = workflow(request.workflow(), filter == null ? null : filter.workflow());
        SequencedSet<UUID> clients = clients(request);
        ClientFilter fitting = filter == null ? null : fitting(filter);
        ClientSet previewed = previewed(request);
        Parameters given = request.parameters() == null ? Parameters.NONE : request.parameters();
        boolean withoutParameters = preview && request.parameters() == null;
        ParametersReader parameters = action.filter(_ -> !withoutParameters)
                .map(known -> new ParametersReader(known, wrong))
                .orElse(null);
        Notification notification = parameters == null ? null : parameters.notification(given);
        WipeOptions wipe = parameters == null ? null : parameters.wipe(given);
        wrong.addUnknown("parameters.", given.unknown());
        String requestedBy = preview && request.requestedBy() == null ? "" : wrong.requestedBy(request.requestedBy());
        String justification = wrong.justification(request.justification());
        Confirmation confirmation = new Confirmation(request.confirmed(), request.confirmedCount());
        if (!preview) {
            int devices = filter == null ? clients.size() : previewed == null ? 0 : previewed.count();
            action.ifPresent(known -> wrong.confirmation(known, confirmation, devices));
        }
        wrong.addUnknown("", request.unknown());
        if (!wrong.isEmpty() || action.isEmpty()) {
            throw wrong.refusal();
        }
        return new JobOrder(workflow, action.get(), List.copyOf(clients), fitting, previewed, requestedBy,
                justification, wipe, notification, null, confirmation);
    }

    private Optional<QueryAction> action(@Nullable String name) {
        if (name == null || name.isBlank()) {
            wrong.add("queryAction", "is missing; set one of " + QueryAction.names());
            return Optional.empty();
        }
        Optional<QueryAction> action = QueryAction.named(name);
        if (action.isEmpty()) {
            wrong.add("queryAction",
                    "'" + name + "' is not an action of this version; set one of " + QueryAction.names());
        }
        return action;
    }

    private String workflow(@Nullable String outside, @Nullable String inFilter) {
        String field = outside == null && inFilter != null ? "filter.workflow" : "workflow";
        String name = outside == null ? inFilter : outside;
        if (outside != null && inFilter != null && !outside.equals(inFilter)) {
            wrong.add("filter.workflow", "is another one than workflow; leave it out");
        }
        if (name == null || name.isBlank()) {
            if (workflows.size() != 1) {
                wrong.add(field, "is missing, and there are several; set one of " + String.join(", ", workflows));
            }
            return workflows.getFirst();
        }
        if (!workflows.contains(name)) {
            wrong.add(field, "there is no workflow '" + name + "'; set one of " + String.join(", ", workflows));
        }
        return name;
    }

    private SequencedSet<UUID> clients(QueryActionRequest request) {
        SequencedSet<UUID> clients = new LinkedHashSet<>();
        List<@Nullable String> ids = request.clientIds();
        if (request.filter() != null) {
            if (ids != null) {
                wrong.add("clientIds", "is given beside a filter; set one of them");
            }
            return clients;
        }
        if (ids == null || ids.isEmpty()) {
            wrong.add("clientIds", "is missing or empty; set the ClientIds of 1 to " + JobOrder.MOST_CLIENTS
                    + " clients, or a filter");
            return clients;
        }
        if (ids.size() > JobOrder.MOST_CLIENTS) {
            wrong.add("clientIds",
                    "has " + ids.size() + " entries; at most " + JobOrder.MOST_CLIENTS + " are taken at once");
            return clients;
        }
        for (int i = 0; i < ids.size(); i++) {
            Optional<UUID> id = guid(ids.get(i));
            id.ifPresent(clients::add);
            if (id.isEmpty()) {
                wrong.add("clientIds[" + i + "]", "is not a GUID such as {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}");
            }
        }
        return clients;
    }

    private ClientFilter fitting(Filter filter) {
        ClientFilter fitting = new ClientFilter(text("search", filter.search()),
                text("operatingSystem", filter.operatingSystem()), text("clientType", filter.clientType()),
                text("compliance", filter.compliance()), ownership(filter.ownership()),
                instant("lastSyncSince", filter.lastSyncSince()), instant("lastSyncBefore", filter.lastSyncBefore()),
                state(filter.state()));
        wrong.addUnknown("filter.", filter.unknown());
        return fitting;
    }

    private @Nullable String text(String field, @Nullable String text) {
        if (text != null && !WrongFields.isPrintable(text, LONGEST_TEXT)) {
            wrong.add("filter." + field, "must have 1 to " + LONGEST_TEXT + " printable characters, or be left out");
            return null;
        }
        return text;
    }

    private @Nullable String ownership(@Nullable String ownership) {
        if (ownership != null && !OWNERSHIPS.contains(ownership.toLowerCase(Locale.ROOT))) {
            wrong.add("filter.ownership", "must be company, personal or unknown, or be left out");
        }
        return ownership;
    }

    private ClientFilter.State state(@Nullable String name) {
        Optional<ClientFilter.State> state = name == null
                ? Optional.of(ClientFilter.State.PRESENT)
                : ClientFilter.State.named(name);
        if (state.isEmpty()) {
            wrong.add("filter.state", "must be one of " + ClientFilter.State.names() + ", or be left out");
        }
        return state.orElse(ClientFilter.State.PRESENT);
    }

    private @Nullable Instant instant(String field, @Nullable String text) {
        try {
            Instant time = text == null ? null : Instant.parse(text);
            if (time == null || isWithin(time)) {
                return time;
            }
            wrong.add("filter." + field, "is not of the years 1 to 9999");
            return null;
        } catch (DateTimeException _) {
            wrong.add("filter." + field, "is not a time such as 2026-11-01T00:00:00Z");
            return null;
        }
    }

    /** What the database can compare with. */
    private static boolean isWithin(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 1 && year <= LAST_YEAR;
    }

    private @Nullable ClientSet previewed(QueryActionRequest request) {
        String given = request.clientSet();
        if (request.filter() == null) {
            if (given != null) {
                wrong.add("clientSet", "is given without a filter; leave it out");
            }
            return null;
        }
        if (preview) {
            return null;
        }
        ClientSet set = given == null ? null : ClientSet.parse(given).orElse(null);
        if (set == null) {
            wrong.add("clientSet", (given == null ? "is missing" : "is not a set of clients")
                    + "; repeat the clientSet of the preview of this filter");
        }
        return set;
    }

    private static Optional<UUID> guid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : AcmpGuid.read(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
