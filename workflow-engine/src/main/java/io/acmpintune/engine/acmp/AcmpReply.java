package io.acmpintune.engine.acmp;

import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/**
 * What became of a command. A command never throws because of the other side.
 *
 * @param <T> what ACMP answers when it has carried the command out
 */
public sealed interface AcmpReply<T> {

    /**
     * ACMP has carried the command out.
     *
     * @param value its answer
     */
    record Done<T>(T value) implements AcmpReply<T> {}

    /**
     * ACMP answered that it did not carry the command out.
     *
     * @param code why, as a number; never {@link ResultCode.Known#OK}, nor {@link ResultCode.Known#WRONG_CREDENTIALS}, which
     *     concerns the whole server and makes it {@link Unavailable}
     * @param message why, in ACMP's words; may be empty
     */
    record Refused<T>(ResultCode code, String message) implements AcmpReply<T> {

        /** Code, meaning, ACMP's words and what to do, in one sentence. */
        public String text() {
            return "ACMP answered with result code %d (%s)%s. %s.".formatted(code.number(), code.meaning(),
                    message.isBlank() ? "" : ": " + message.strip(), code.advice());
        }
    }

    /**
     * No usable answer came from ACMP. Unless the kind tells otherwise, the command may have been carried out.
     *
     * @param problem why
     */
    record Unavailable<T>(ConnectionProblem problem) implements AcmpReply<T> {}
}
