package io.acmpintune.engine.console.queryaction;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.Labels;
import io.acmpintune.model.problem.Problem;

/**
 * What is wrong with a filled-in form.
 *
 * @param fields what each wrong field needs, by the name of the field
 * @param problem a problem that is not about a field of the form; null = none
 */
record WrongInput(Map<String, String> fields, @Nullable Problem problem) {

    static final WrongInput NONE = new WrongInput(Map.of(), null);

    private static final Set<String> FIELDS = Set.of("title", "body", "macOsUnlockCode", "justification", "confirmed",
            "confirmedCount");
    private static final String PARAMETERS = "parameters.";

    WrongInput {
        fields = Map.copyOf(fields);
    }

    /**
     * Translates a problem into the texts of the console.
     *
     * @param devices the count that has to be typed
     */
    static WrongInput of(Problem problem, int devices, Labels words) {
        Map<String, String> fields = new HashMap<>();
        if (problem.errors() != null) {
            for (Problem.FieldError error : problem.errors()) {
                String field = error.field().startsWith(PARAMETERS)
                        ? error.field().substring(PARAMETERS.length())
                        : error.field();
                if (!FIELDS.contains(field)) {
                    return new WrongInput(Map.of(), problem);
                }
                fields.put(field, words.text("order.wrong." + field, devices));
            }
        }
        return fields.isEmpty() ? new WrongInput(fields, problem) : new WrongInput(fields, null);
    }

    public boolean isEmpty() {
        return fields.isEmpty() && problem == null;
    }
}
