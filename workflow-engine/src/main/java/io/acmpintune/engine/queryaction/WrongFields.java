package io.acmpintune.engine.queryaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.job.Confirmation;
import io.acmpintune.engine.job.InvalidQueryAction;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.runtime.problem.ProblemException;

/** Collects the wrong fields of a request, so that all are reported at once, and has the checks that requests share. */
final class WrongFields {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_JUSTIFICATION = 500;

    private final List<FieldError> errors = new ArrayList<>();

    void add(String field, String reason) {
        errors.add(new FieldError(field, reason));
    }

    void addUnknown(String prefix, @Nullable Map<String, @Nullable Object> unknown) {
        if (unknown != null) {
            unknown.keySet().stream().sorted().forEach(name -> add(prefix + name, "there is no such field"));
        }
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /** Returns the refusal of a request with wrong fields. */
    ProblemException refusal() {
        return InvalidQueryAction.of(errors);
    }

    /** Returns the operator's name; empty if it is wrong. */
    String requestedBy(@Nullable String name) {
        if (name == null || !isPrintable(name, LONGEST_NAME)) {
            add("requestedBy", "must name the operator with 1 to " + LONGEST_NAME + " printable characters");
            return "";
        }
        return name.strip();
    }

    @Nullable
    String justification(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > LONGEST_JUSTIFICATION
                || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            add("justification", "must have " + LONGEST_JUSTIFICATION + " printable characters at most");
            return null;
        }
        return text.strip();
    }

    /**
     * Checks the confirmation of an action that is destructive on every device. Whether other actions need one depends on the devices,
     * and is checked when these are known.
     */
    void confirmation(QueryAction action, Confirmation given, int devices) {
        switch (action) {
            case WIPE, RETIRE -> errors.addAll(given.faults(action, devices));
            case REMOTE_LOCK, SEND_NOTIFICATION, SYNCHRONIZE -> {
                // checked later, if at all
            }
        }
    }

    static boolean isPrintable(@Nullable String text, int longest) {
        return text != null && !text.isBlank() && text.length() <= longest
                && text.chars().noneMatch(Character::isISOControl);
    }
}
