package io.acmpintune.engine.acmp;

import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/**
 * The outcome of a command. A command never throws because of SICS or ACMP.
 *
 * @param <T> ACMP's answer to a successful command
 */
public sealed interface AcmpReply<T> {

    /** ACMP executed the command. */
    record Done<T>(T value) implements AcmpReply<T> {}

    /**
     * ACMP refused the command.
     *
     * @param code never {@link ResultCode.Known#OK}, nor {@link ResultCode.Known#WRONG_CREDENTIALS}, which
     *     concerns the whole server and makes it {@link Unavailable}
     * @param message ACMP's own explanation; may be empty
     */
    record Refused<T>(ResultCode code, String message) implements AcmpReply<T> {

        /** Returns code, meaning, ACMP's explanation and the remedy. */
        public String text() {
            return "ACMP answered with result code %d (%s)%s. %s.".formatted(code.number(), code.meaning(),
                    message.isBlank() ? "" : ": " + message.strip(), code.advice());
        }
    }

    /**
     * No usable reply arrived. Unless the kind says otherwise, ACMP may have executed the command.
     */
    record Unavailable<T>(ConnectionProblem problem) implements AcmpReply<T> {}
}
