package io.acmpintune.engine.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * The page that starts a query action.
 *
 * @param path {@code /console/actions/remote-lock}
 */
public record ActionPage(QueryAction action, String path) {

    /** The pages of all query actions, harmless ones first. */
    public static final List<ActionPage> ALL = List.of(of(QueryAction.SEND_NOTIFICATION), of(QueryAction.SYNCHRONIZE),
            of(QueryAction.REMOTE_LOCK), of(QueryAction.RETIRE), of(QueryAction.WIPE));

    public static ActionPage of(QueryAction action) {
        return new ActionPage(action, "/console/actions/" + name(action));
    }

    /**
     * Returns the action that an address names.
     *
     * @throws ProblemException 404 for an unknown name
     */
    public static QueryAction named(String name) {
        return Arrays.stream(QueryAction.values())
                .filter(action -> name(action).equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_QUERY_ACTION,
                        "This version has no query action " + name + ".",
                        "Choose clients in their list, then one of the actions there.")));
    }

    private static String name(QueryAction action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
