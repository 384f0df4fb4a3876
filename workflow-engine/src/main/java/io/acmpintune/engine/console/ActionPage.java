package io.acmpintune.engine.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/**
 * Where a query action is started.
 *
 * @param path {@code /console/actions/remote-lock}
 */
public record ActionPage(QueryAction action, String path) {

    private static final int NOT_FOUND = 404;

    /** Those of all query actions, the harmless ones first. */
    public static final List<ActionPage> ALL = List.of(of(QueryAction.SEND_NOTIFICATION), of(QueryAction.SYNCHRONIZE),
            of(QueryAction.REMOTE_LOCK), of(QueryAction.RETIRE), of(QueryAction.WIPE));

    public static ActionPage of(QueryAction action) {
        return new ActionPage(action, "/console/actions/" + name(action));
    }

    /**
     * The action that an address names.
     *
     * @throws ProblemException 404 where it names none
     */
    public static QueryAction named(String name) {
        return Arrays.stream(QueryAction.values())
                .filter(action -> name(action).equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemKind.UNKNOWN_QUERY_ACTION,
                        "This version has no such query action.", "Choose one in the list of clients.")));
    }

    private static String name(QueryAction action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
