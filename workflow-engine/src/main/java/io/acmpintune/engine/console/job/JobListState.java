package io.acmpintune.engine.console.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.acmpintune.engine.job.JobState;
import io.acmpintune.engine.job.QueryAction;

/**
 * The state of a list of jobs, as its address says; invalid parts of an address are ignored.
 *
 * @param state null = any, and likewise for the others
 * @param by who started them; empty = anybody
 * @param after the last job of the page before; null = from the newest
 */
record JobListState(String workflow, @Nullable JobState state, @Nullable QueryAction action, String by,
        @Nullable UUID after) {

    private static final int LONGEST = 200;

    static JobListState read(String workflow, Map<String, String> parameters) {
        String by = parameters.getOrDefault("by", "").strip().replace("\0", "");
        return new JobListState(workflow, member(parameters.get("state"), JobState.values()),
                member(parameters.get("action"), QueryAction.values()), by.substring(0, Math.min(by.length(), LONGEST)),
                id(parameters.get("after")).orElse(null));
    }

    public boolean isFiltered() {
        return state != null || action != null || !by.isEmpty();
    }

    /** Returns the page after a job; null = the first. */
    JobListState page(@Nullable UUID job) {
        return new JobListState(workflow, state, action, by, job);
    }

    /** Returns the list of all jobs. */
    public JobListState unfiltered() {
        return new JobListState(workflow, null, null, "", null);
    }

    public String address() {
        return UriComponentsBuilder.fromPath("/console/jobs")
                .queryParam("workflow", "{workflow}")
                .queryParamIfPresent("state", Optional.ofNullable(state).map(JobListState::word))
                .queryParamIfPresent("action", Optional.ofNullable(action).map(JobListState::word))
                .queryParamIfPresent("by", by.isEmpty() ? Optional.empty() : Optional.of("{by}"))
                .queryParamIfPresent("after", Optional.ofNullable(after))
                .encode()
                .buildAndExpand(Map.of("workflow", workflow, "by", by))
                .toUriString();
    }

    /** Returns a member as addresses write it: {@code awaiting-approval}. */
    static String word(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> @Nullable E member(@Nullable String word, E[] members) {
        return Arrays.stream(members).filter(member -> word(member).equals(word)).findFirst().orElse(null);
    }

    static Optional<UUID> id(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
