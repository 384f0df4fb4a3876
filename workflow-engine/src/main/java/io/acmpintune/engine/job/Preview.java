package io.acmpintune.engine.job;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;

/**
 * The effect that an order would have now. A preview stores nothing.
 *
 * @param impact the greatest impact on any device that the action would run on
 * @param clients the number of clients in the order
 * @param clientSet identifies the clients that the filter finds; null without a filter. The order has to repeat it
 * @param reached the number of clients that the action would run on
 * @param refused the number of refused clients
 * @param refusals the number of refused clients by kind of problem
 * @param confirmation whether the order has to be confirmed
 * @param approval whether it would start, and what it would wait for
 * @param targets a page of the clients
 * @param next the {@code after} of the next page, null after the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preview(String workflow, QueryAction queryAction, Impact impact, int clients,
        @Nullable ClientSet clientSet, int reached, int refused, Map<String, Integer> refusals, boolean confirmation,
        Start approval, List<Line> targets, @Nullable UUID next) {

    public Preview {
        refusals = Map.copyOf(refusals);
        targets = List.copyOf(targets);
    }

    /** Which clients to list. */
    public enum Show {
        ALL,
        REACHED,
        REFUSED
    }

    /** Selects a page of clients; {@code after} is the last client of the previous page. */
    public record Window(Show show, @Nullable UUID after, int limit) {}

    /**
     * How the job would start.
     *
     * @param needed whether another person would have to approve it
     * @param reason why; null if it would start immediately
     * @param refusal why it cannot be started at all; null if it can
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Start(boolean needed, @Nullable String reason, @Nullable Problem refusal) {}

    /**
     * One client; without a refusal, the action would run on it.
     *
     * @param impact of the action on the device
     * @param owner the user principal name; null if it is unknown or hidden
     * @param userHidden whether the user is hidden
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(UUID clientId, @Nullable String device, @Nullable String name, @Nullable String serial,
            @Nullable String owner, boolean userHidden, @Nullable String ownership, Impact impact,
            @Nullable Problem refusal) {}
}
