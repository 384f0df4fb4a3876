package io.acmpintune.engine.job;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * What an order would do now. A preview stores nothing.
 *
 * @param clients the number of its clients
 * @param reached the number of clients it would be done on
 * @param refused the number of refused clients
 * @param refusals the number of refused clients by kind of problem
 * @param approval whether it would start, and what it would wait for
 * @param targets a page of the clients
 * @param next the {@code after} of the next page, null after the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preview(String workflow, QueryAction queryAction, int clients, int reached, int refused,
        Map<String, Integer> refusals, Start approval, List<Line> targets, @Nullable UUID next) {

    public Preview {
        refusals = Map.copyOf(refusals);
        targets = List.copyOf(targets);
    }

    /** The clients that a page shows. */
    public enum Show {
        ALL,
        REACHED,
        REFUSED
    }

    /** A page of the clients, after a client. */
    public record Window(Show show, @Nullable UUID after, int limit) {}

    /**
     * How the job would start.
     *
     * @param needed whether another person would have to approve it
     * @param reason why; null = it would start at once
     * @param refusal why it could not be started at all; null = it could
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(boolean needed, @Nullable String reason, @Nullable Problem refusal) {}

    /**
     * One client, and why it would be refused; no refusal = it would be reached.
     *
     * @param owner the user principal name; null = there is none, or it is hidden
     * @param userHidden whether the user must not be shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(UUID clientId, @Nullable String device, @Nullable String name, @Nullable String serial,
            @Nullable String owner, boolean userHidden, @Nullable String ownership, @Nullable Problem refusal) {}
}
