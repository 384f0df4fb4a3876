package io.acmpintune.connector.outbound;

import java.io.IOException;

/** There was no connection over which to send, so nobody can have acted on the request. Its reason says why and what to check. */
public final class NotSent extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NotSent(String reason, IOException cause) {
        super(reason, cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
