package io.acmpintune.engine.console.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobRetries;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.runtime.access.Identity;

/** The page of a job and its devices; it polls while something can still change. */
@Controller
class JobDetailsController {

    private static final int PAGE_SIZE = 100;

    private final Jobs jobs;

    JobDetailsController(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * The number of devices in a state.
     *
     * @param address of the page that shows only those
     */
    record Outcome(ActionState state, Tone tone, int count, String address, boolean chosen) {}

    /** A device of the job. */
    record Row(Job.Target target, Tone tone) {}

    /**
     * The page of a job.
     *
     * @param known the revision that the viewer has; 204 if it is the newest
     */
    @GetMapping("/console/jobs/{id}")
    ModelAndView details(@PathVariable UUID id, @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable UUID after,
            @RequestParam(required = false) @Nullable Long known) {
        Job job = find(id);
        if (known != null && known == job.revision()) {
            return new ModelAndView((_, _, response) -> response.setStatus(HttpServletResponse.SC_NO_CONTENT));
        }
        ActionState chosen = JobListState.member(state, ActionState.values());
        Job.TargetPage page = jobs.targets(id, chosen, after, PAGE_SIZE);
        ModelAndView view = new ModelAndView("console/job");
        view.addObject("job", job);
        view.addObject("progress", Progress.of(job));
        view.addObject("outcomes", outcomes(job, chosen));
        view.addObject("worthRetrying", JobRetries.areWorthwhile(job));
        view.addObject("chosen", chosen);
        view.addObject("rows",
                page.targets()
                        .stream()
                        .map(target -> new Row(target, Tone.of(job.queryAction(), target.state())))
                        .toList());
        view.addObject("here", address(job, chosen, after));
        view.addObject("all", address(job, null, null));
        view.addObject("first", after == null ? null : address(job, chosen, null));
        view.addObject("next", page.next() == null ? null : address(job, chosen, page.next()));
        return view;
    }

    private static List<Outcome> outcomes(Job job, @Nullable ActionState chosen) {
        return Arrays.stream(ActionState.values())
                .filter(state -> job.outcome().containsKey(state))
                .map(state -> new Outcome(state, Tone.of(job.queryAction(), state),
                        job.outcome().getOrDefault(state, 0), address(job, state, null), state == chosen))
                .toList();
    }

    @GetMapping("/console/jobs/{id}/targets.csv")
    void export(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        find(id);
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"job-" + id + ".csv\"");
        jobs.export(id, response.getWriter());
    }

    @PostMapping("/console/jobs/{id}/cancellation")
    String cancel(@PathVariable UUID id, Identity caller, RedirectAttributes redirect) {
        Job job = jobs.cancel(id, caller.key());
        redirect.addFlashAttribute("done", "job.cancelled");
        return "redirect:" + address(job, null, null);
    }

    private Job find(UUID id) {
        return jobs.find(id).orElseThrow(() -> Jobs.unknown(id));
    }

    static String address(Job job, @Nullable ActionState state, @Nullable UUID after) {
        return UriComponentsBuilder.fromPath("/console/jobs/" + job.id())
                .queryParam("workflow", "{workflow}")
                .queryParamIfPresent("state", Optional.ofNullable(state).map(JobListState::word))
                .queryParamIfPresent("after", Optional.ofNullable(after))
                .encode()
                .buildAndExpand(job.workflow())
                .toUriString();
    }
}
