package io.acmpintune.engine.console.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.publication.DryRun;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Workflow;

/** Page of the dry run: what a run would do, with every field before and after. */
@Controller
class DryRunController {

    private static final int PAGE = 50;

    private final DryRun dryRun;

    DryRunController(DryRun dryRun) {
        this.dryRun = dryRun;
    }

    /**
     * Clients of one kind.
     *
     * @param key the kind in addresses
     */
    record Count(PlanKind kind, String key, int clients) {}

    @GetMapping("/console/plan/dry-run")
    String dryRun(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam(required = false) @Nullable String server,
            @RequestParam(required = false) @Nullable String kind, @RequestParam(required = false) @Nullable UUID after,
            Model model) {
        List<String> servers = workflow.servers().stream().map(AcmpServer::id).toList();
        String chosen = server != null && servers.contains(server) ? server : servers.getFirst();
        Set<PlanKind> kinds = Arrays.stream(PlanKind.values())
                .filter(one -> key(one).equals(kind))
                .collect(Collectors.toSet());
        DryRun.ServerPlan plan = dryRun.preview(workflow, chosen, kinds, after, PAGE);
        model.addAttribute("servers", servers);
        model.addAttribute("plan", plan);
        model.addAttribute("counts", counts(plan.counts()));
        model.addAttribute("kind", kinds.isEmpty() ? null : kind);
        model.addAttribute("first", after == null);
        model.addAttribute("nothing", plan.counts().keySet().stream().allMatch(PlanKind.UNCHANGED::equals));
        return "console/dry-run";
    }

    /** Returns the counts of all common kinds, and of the others that have clients. */
    private static List<Count> counts(Map<PlanKind, Integer> counts) {
        return Arrays.stream(PlanKind.values())
                .map(kind -> new Count(kind, key(kind), counts.getOrDefault(kind, 0)))
                .filter(count -> count.clients() > 0 || isCommon(count.kind()))
                .toList();
    }

    private static boolean isCommon(PlanKind kind) {
        return switch (kind) {
            case CREATE, UPDATE, MARK_REMOVED, UNCHANGED -> true;
            case LINK, DELETE, CONFLICT, HELD, PARKED -> false;
        };
    }

    private static String key(PlanKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
