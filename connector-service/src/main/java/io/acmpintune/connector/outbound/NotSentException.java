package io.acmpintune.connector.outbound;

import java.io.IOException;

/** There was no connection, so nothing was sent. The reason says why and what to check. */
public final class NotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NotSentException(String reason, IOException cause) {
        super(reason, cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
