package io.acmpintune.engine.acmp;

import java.io.Serial;

/** What came is not what was agreed. It never leaves the package: callers of the package see a problem as a value. */
final class MalformedReplyException extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    /** Says what is wrong, without the values that came: they may be personal data. */
    MalformedReplyException(String message) {
        super(message);
    }
}
