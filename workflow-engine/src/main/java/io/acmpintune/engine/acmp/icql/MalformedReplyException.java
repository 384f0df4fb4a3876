package io.acmpintune.engine.acmp.icql;

import java.io.Serial;

/** What came is not what was agreed. Callers of {@code acmp} never see it: they get a problem as a value. */
public final class MalformedReplyException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** Says what is wrong, without the values that came: they may be personal data. */
    public MalformedReplyException(String message) {
        super(message);
    }
}
