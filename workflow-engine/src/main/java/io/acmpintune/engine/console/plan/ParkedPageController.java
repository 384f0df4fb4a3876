package io.acmpintune.engine.console.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.ParkedClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;

/** Page of parked clients, with their reasons, which can be sent again. */
@Controller
class ParkedPageController {

    private static final int PAGE = 50;
    private static final int LONGEST_SEARCH = 200;
    private static final Pattern POSITION = Pattern
            .compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})/([A-Za-z0-9_-]{1,64})");

    private final ParkedClients parked;

    ParkedPageController(ParkedClients parked) {
        this.parked = parked;
    }

    /** @param sent how many were sent again, after the redirect of a retry */
    @GetMapping("/console/plan/parked")
    String parked(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String after,
            @RequestParam(required = false) @Nullable Integer sent, Model model) {
        String text = reason.strip().replace("\0", "");
        String searched = text.substring(0, Math.min(text.length(), LONGEST_SEARCH));
        Optional<ParkedClients.Position> position = Optional.of(POSITION.matcher(after))
                .filter(Matcher::matches)
                .map(match -> new ParkedClients.Position(UUID.fromString(match.group(1)), match.group(2)));
        List<ParkedClients.ParkedClient> page = parked.page(workflow, searched.isEmpty() ? null : searched,
                position.orElse(null), PAGE);
        model.addAttribute("clients", page);
        model.addAttribute("codes", page.stream()
                .map(ParkedClients.ParkedClient::code)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList());
        model.addAttribute("reason", searched);
        model.addAttribute("sent", sent);
        model.addAttribute("first", position.isEmpty());
        model.addAttribute("next",
                page.size() < PAGE ? null : page.getLast().clientId() + "/" + page.getLast().server());
        return "console/parked";
    }

    /** Sends one client again, or those with a result code, or all. */
    @PostMapping("/console/plan/parked/retry")
    String retry(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam(required = false) @Nullable UUID client,
            @RequestParam(required = false) @Nullable Integer code, Identity caller) {
        int sent = parked.retry(workflow, client == null ? null : List.of(client), code, Requester.of(caller.key()));
        return "redirect:/console/plan/parked?workflow=" + workflow.name() + "&sent=" + sent;
    }
}
