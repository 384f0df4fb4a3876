package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

import io.acmpintune.connector.tenant.Connector.ScanSettings;
import io.acmpintune.model.problem.Problem.FieldError;

/** Parses the intervals of a request by the rules of the configuration, and collects errors. */
final class IntervalReader {

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> errors() {
        return errors;
    }

    /** Returns null for null and for invalid text. */
    @Nullable
    Duration read(String field, @Nullable String text, Duration shortest) {
        if (text == null) {
            return null;
        }
        Duration interval;
        try {
            interval = DurationStyle.detectAndParse(text.strip());
        } catch (IllegalArgumentException _) {
            errors.add(new FieldError(field,
                    "is not a duration; use 15m or PT15M, or null for the configured interval"));
            return null;
        }
        if (interval.compareTo(shortest) < 0 || interval.compareTo(ScanSettings.MAX_INTERVAL) > 0) {
            errors.add(new FieldError(field,
                    "must be " + shortest.toSeconds() + "s to " + ScanSettings.MAX_INTERVAL.toDays() + "d"));
            return null;
        }
        return interval;
    }
}
