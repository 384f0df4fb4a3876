package io.acmpintune.engine.web;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.Requester;
import io.acmpintune.engine.publication.ParkedClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;

/** Clients that ACMP has refused in their current version. */
@RestController
@RequestMapping("/api/v1/workflows/{name}/parked")
class ParkedController {

    private static final Pattern POSITION = Pattern
            .compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})/(.+)");

    private final Workflows workflows;
    private final ParkedClients parked;

    ParkedController(Workflows workflows, ParkedClients parked) {
        this.workflows = workflows;
        this.parked = parked;
    }

    /** A page of parked clients; {@code next} is the {@code after} of the next page, null after the last. */
    record ParkedPage(List<ParkedClients.ParkedClient> clients, @Nullable String next) {}

    /**
     * Which parked clients are sent again.
     *
     * @param clientIds only these clients; null = all
     * @param code only those that ACMP refused with this result code; null = any
     */
    record Retry(@Nullable List<UUID> clientIds, @Nullable Integer code) {}

    /** Number of clients that are sent again. */
    record Retried(int clients) {}

    @GetMapping
    ParkedPage parked(@PathVariable String name, @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "100") int limit) {
        Workflow workflow = workflows.require(name);
        Optional<ParkedClients.Position> position = Optional.ofNullable(after)
                .map(POSITION::matcher)
                .filter(Matcher::matches)
                .map(match -> new ParkedClients.Position(UUID.fromString(match.group(1)), match.group(2)));
        new RequestErrors().limit(limit)
                .check(after == null || position.isPresent(), "after", "must be the 'next' of the page before")
                .throwIfAny();
        List<ParkedClients.ParkedClient> page = parked.page(workflow, reason, position.orElse(null), limit);
        return new ParkedPage(page,
                page.size() < limit ? null : page.getLast().clientId() + "/" + page.getLast().server());
    }

    /** Sends parked clients again at once. */
    @PostMapping("/retry")
    Retried retry(@PathVariable String name, @RequestBody(required = false) @Nullable Retry retry, Identity caller) {
        Workflow workflow = workflows.require(name);
        return new Retried(parked.retry(workflow, retry == null ? null : retry.clientIds(),
                retry == null ? null : retry.code(), Requester.of(caller.key())));
    }
}
