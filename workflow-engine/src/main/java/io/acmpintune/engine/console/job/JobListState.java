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
 * Everything that makes a list of jobs the one that it is. What an address says wrong counts as not said.
 *
 * @param state null = any, and likewise for the others
 * @param by who started them, empty = anybody
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

    /** The jobs behind one. */
    JobListState behind(@Nullable UUID job) {
        return new JobListState(workflow, state, action, by, job);
    }

    /** All jobs, the newest first. */
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

    /** As addresses write it: {@code awaiting-approval}. */
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
