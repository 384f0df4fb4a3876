package io.acmpintune.engine.console.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.acmpintune.engine.alert.ReportedCredential;
import io.acmpintune.engine.console.Times;
import io.acmpintune.engine.console.overview.Attention.Severity;
import io.acmpintune.engine.publication.ServerStatuses.ServerStatus;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.ExpiringCredential;

/** Lists what needs attention, the most severe first. Without I/O. */
final class AttentionList {

    private final List<Attention> found = new ArrayList<>();

    /** @param times formats for the viewer */
    static List<Attention> of(List<WorkflowView> workflows, OpenTasks.Tasks open, Times times) {
        AttentionList list = new AttentionList();
        workflows.forEach(list::add);
        open.expiring().forEach(known -> list.add(known, times));
        open.locked()
                .forEach(workflow -> list.add(Severity.BAD, "attention.locked", List.of(workflow), null,
                        page("/console/approvals", workflow)));
        if (open.undecided() > 0) {
            list.add(Severity.WARN, "attention.undecided", List.of(open.undecided()), null, "/console/jobs");
        }
        if (open.approvals() > 0) {
            list.add(Severity.WARN, "attention.approvals", List.of(open.approvals()), null, "/console/approvals");
        }
        list.found.sort(Comparator.comparing(Attention::severity));
        return List.copyOf(list.found);
    }

    private void add(WorkflowView view) {
        String name = view.workflow().name();
        if (view.connectorProblem() != null) {
            add(Severity.BAD, "attention.connector", List.of(view.workflow().connector(), name),
                    view.connectorProblem().detail() + " " + view.connectorProblem().remedy(), null);
        }
        ConnectorStatus.Scan scan = view.connector() == null ? null : view.connector().lastScan();
        if (scan != null && scan.state() == ConnectorStatus.ScanState.FAILED) {
            add(Severity.BAD, "attention.scan", List.of(view.workflow().connector()),
                    scan.problem() == null ? null : scan.problem().detail() + " " + scan.problem().remedy(), null);
        }
        if (scan != null && scan.held() > 0) {
            add(Severity.WARN, "attention.removals", List.of(scan.held(), view.workflow().connector()), null,
                    page("/console/plan", name));
        }
        if (view.conflicts() > 0) {
            add(Severity.WARN, "attention.conflicts", List.of(view.conflicts(), name), null,
                    page("/console/conflicts", name));
        }
        view.servers().forEach(server -> add(name, server));
    }

    private void add(ReportedCredential known, Times times) {
        ExpiringCredential credential = known.credential();
        if (credential.expiresAt() != null) {
            boolean expired = credential.stage() == ExpiringCredential.Stage.EXPIRED;
            add(expired ? Severity.BAD : Severity.WARN,
                    "attention." + credential.kind() + (expired ? ".expired" : ".expires"),
                    List.of(known.connector(), times.moment(credential.expiresAt())), null,
                    page("/console/set-up", known.workflow()));
        }
    }

    private void add(String workflow, ServerStatus server) {
        if (server.problem() != null) {
            add(Severity.BAD, "attention.server", List.of(server.server(), workflow), server.problem(), null);
        }
        if (server.schemaProblem() != null) {
            add(Severity.WARN, "attention.schema", List.of(server.server(), workflow), server.schemaProblem(), null);
        }
        if (server.parked() > 0) {
            add(Severity.WARN, "attention.parked", List.of(server.parked(), server.server()), null,
                    page("/console/plan/parked", workflow));
        }
        if (server.held() > 0) {
            add(Severity.WARN, "attention.held", List.of(server.held(), server.server()), null,
                    page("/console/plan", workflow));
        }
    }

    private void add(Severity severity, String key, List<?> values, @Nullable String detail,
            @Nullable String address) {
        found.add(new Attention(severity, key, values.stream().<Object>map(Objects::requireNonNull).toList(), detail,
                address));
    }

    private static String page(String path, String workflow) {
        return UriComponentsBuilder.fromPath(path).queryParam("workflow", workflow).encode().toUriString();
    }
}
