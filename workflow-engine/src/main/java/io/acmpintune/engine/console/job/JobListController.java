package io.acmpintune.engine.console.job;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.workflow.Workflow;

/** The list of jobs. */
@Controller
class JobListController {

    private static final int PAGE_SIZE = 25;

    private final Jobs jobs;

    JobListController(Jobs jobs) {
        this.jobs = jobs;
    }

    /** A job and its progress. */
    record Row(Job job, Progress progress) {}

    /** An option, and its word in addresses. */
    record Choice(String word, String name) {}

    @GetMapping("/console/jobs")
    String list(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = "X-Console-Poll", required = false) @Nullable String poll, Model model,
            HttpServletResponse response) {
        JobListState state = JobListState.read(workflow.name(), parameters);
        Job.Page page = jobs.page(workflow.name(), state.state(), state.action(),
                state.by().isEmpty() ? null : state.by(), null, null, state.after(), PAGE_SIZE);
        UUID next = page.next();
        if (poll == null) {
            // the short address that htmx shows instead of all fields of the form
            response.setHeader("HX-Push-Url", state.address());
        }
        model.addAttribute("list", state);
        model.addAttribute("rows", page.jobs().stream().map(job -> new Row(job, Progress.of(job))).toList());
        model.addAttribute("older", next == null ? null : state.page(next).address());
        model.addAttribute("newest", state.after() == null ? null : state.page(null).address());
        model.addAttribute("states", choices(JobState.values()));
        model.addAttribute("kinds", choices(QueryAction.values()));
        return "console/jobs";
    }

    private static List<Choice> choices(Enum<?>[] members) {
        return Arrays.stream(members).map(member -> new Choice(JobListState.word(member), member.name())).toList();
    }
}
