package io.acmpintune.engine.job;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem.FieldError;

/**
 * An operator's confirmation of an order.
 *
 * @param confirmed whether the operator has confirmed it; null = not said
 * @param count the number of devices, repeated by the operator; null = not said
 */
public record Confirmation(@Nullable Boolean confirmed, @Nullable Integer count) {

    public static final Confirmation NONE = new Confirmation(null, null);

    /** Returns what is missing or wrong if an order on so many clients has to be confirmed. */
    public List<FieldError> faults(QueryAction action, int clients) {
        List<FieldError> faults = new ArrayList<>();
        if (!Boolean.TRUE.equals(confirmed)) {
            faults.add(new FieldError("confirmed", "must be true: " + action.acmpName()
                    + " cannot be undone on these devices, or affects many users"));
        }
        if (count == null || count != clients) {
            faults.add(new FieldError("confirmedCount", (count == null ? "is missing" : "is " + count)
                    + "; it must repeat the number of devices, each counted once, which is " + clients));
        }
        return faults;
    }
}
