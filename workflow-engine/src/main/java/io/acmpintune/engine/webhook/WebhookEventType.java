package io.acmpintune.engine.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** Types of events that a webhook can subscribe to. */
public enum WebhookEventType {
    JOB_FINISHED,
    APPROVAL_REQUESTED,
    CAP_REACHED,
    CONNECTION_BROKEN,
    CREDENTIAL_EXPIRING,
    FOREIGN_ACTIONS,
    SIGN_INS_FAILING,
    RESTORE_SUSPECTED,
    STOP_PRESSED,
    STOP_LIFTED,
    LOCK_RELEASED;

    static Optional<WebhookEventType> parse(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equalsIgnoreCase(text.strip())).findFirst();
    }

    /** Returns the name in configuration, headers and bodies, such as {@code job-finished}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
