package io.acmpintune.engine.console.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.audit.AuditEntry;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditExport;
import io.acmpintune.engine.audit.AuditTrail;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.ProblemException;

/** Lists the audit with filters, shows one entry, and exports. */
@Controller
class AuditPageController {

    private static final int PAGE = 50;

    private final AuditTrail trail;
    private final AuditExport export;

    AuditPageController(AuditTrail trail, AuditExport export) {
        this.trail = trail;
        this.export = export;
    }

    /** A value before and after; null if there is none. */
    record Change(String name, @Nullable String before, @Nullable String after) {}

    @GetMapping("/console/audit")
    String entries(@ModelAttribute(name = "frame", binding = false) Frame frame,
            @RequestParam Map<String, String> parameters, Model model, HttpServletResponse response) {
        AuditListState state = AuditListState.read(frame.workflow(), parameters, frame.times());
        List<AuditEntry> page = page(state, frame);
        // htmx would otherwise show every field of the form in the address
        response.setHeader("HX-Push-Url", state.address());
        model.addAttribute("list", state);
        model.addAttribute("entries", page);
        model.addAttribute("older", page.isEmpty()
                || trail.newest(state.filter(frame.times()), page.getLast().seq(), 1).isEmpty()
                        ? null
                        : state.before(page.getLast().seq()).address());
        model.addAttribute("newer", page.isEmpty()
                || trail.page(state.filter(frame.times()), page.getFirst().seq(), 1).isEmpty()
                        ? null
                        : state.after(page.getFirst().seq()).address());
        model.addAttribute("events", AuditEventType.values());
        return "console/audit";
    }

    private List<AuditEntry> page(AuditListState state, Frame frame) {
        Long after = state.after();
        Long before = state.before();
        return after != null
                ? trail.page(state.filter(frame.times()), after, PAGE).reversed()
                : trail.newest(state.filter(frame.times()), before == null ? Long.MAX_VALUE : before, PAGE);
    }

    @GetMapping("/console/audit/{seq}")
    String entry(@PathVariable long seq, Model model) {
        AuditEntry entry = trail.find(seq)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemKind.UNKNOWN_AUDIT_ENTRY, "The audit has no entry " + seq + ".",
                                "Choose one from the list; if the entry should exist, verify the audit.")));
        model.addAttribute("entry", entry);
        model.addAttribute("changes", changes(entry.before(), entry.after()));
        return "console/audit-entry";
    }

    /** Streams all entries that match the filters. */
    @GetMapping("/console/audit/export")
    void export(@ModelAttribute(name = "frame", binding = false) Frame frame,
            @RequestParam Map<String, String> parameters, Identity caller, HttpServletResponse response)
            throws IOException {
        AuditListState state = AuditListState.read(frame.workflow(), parameters, frame.times());
        export.begin(caller.key());
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
        export.write(state.filter(frame.times()), response.getWriter());
    }

    private static List<Change> changes(@Nullable Map<String, String> before, @Nullable Map<String, String> after) {
        Map<String, String> was = before == null ? Map.of() : before;
        Map<String, String> is = after == null ? Map.of() : after;
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<Change> changes = new ArrayList<>();
        names.forEach(name -> changes.add(new Change(name, was.get(name), is.get(name))));
        return changes;
    }
}
