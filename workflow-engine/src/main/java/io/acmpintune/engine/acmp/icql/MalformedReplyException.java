package io.acmpintune.engine.acmp.icql;

import java.io.Serial;

/** A message is not readable as ICQL. Callers of {@code acmp} never see it: they get a problem as a value. */
public final class MalformedReplyException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** @param message what is wrong, without received values, which may be personal data */
    public MalformedReplyException(String message) {
        super(message);
    }
}
