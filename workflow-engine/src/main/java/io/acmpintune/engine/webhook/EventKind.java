package io.acmpintune.engine.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a webhook can subscribe to. */
public enum EventKind {
    JOB_FINISHED, APPROVAL_WANTED, CAP_REACHED, CONNECTION_BROKEN, CREDENTIAL_EXPIRING;

    static Optional<EventKind> read(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equalsIgnoreCase(text.strip())).findFirst();
    }

    /** As configuration, headers and bodies write it: {@code job-finished}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
