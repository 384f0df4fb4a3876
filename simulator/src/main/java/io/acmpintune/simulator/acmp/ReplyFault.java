package io.acmpintune.simulator.acmp;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** A fault of one command or of its reply. The command is executed, except with {@link Refused}. */
public sealed interface ReplyFault {

    /** No fault: delays later faults by one command. */
    record None() implements ReplyFault {}

    /** No reply is published. */
    record Lost() implements ReplyFault {}

    /** The reply is published after this time; other commands continue in the meantime. */
    record Late(Duration time) implements ReplyFault {}

    /** The reply is held until {@link ServerFaults#release()}; other commands continue. */
    record Held() implements ReplyFault {}

    /** The reply is published twice. */
    record Duplicated() implements ReplyFault {}

    /** A reply to another command, and one to another version of this command, are published before the right one. */
    record Foreign() implements ReplyFault {}

    /** The published reply cannot be parsed. */
    record Malformed(Flaw flaw) implements ReplyFault {}

    /**
     * The command is refused and not executed.
     *
     * @param code any but 0; those of Aagon's list are -1, 7, 9, 15, 18, 19, 26, 30, 32 and 35
     */
    record Refused(int code) implements ReplyFault {
        public Refused {
            if (code == 0) {
                throw new IllegalArgumentException("result code 0 refuses nothing");
            }
        }
    }

    /** How a reply is malformed. */
    enum Flaw {
        /** The message is not Base64. */
        NOT_BASE64,
        /** The XML ends in the middle. */
        TRUNCATED,
        /** The response element is empty: no result code, and no list either. */
        NO_RESULT;

        /** @param reply in Base64 */
        String spoil(String reply, String command, String version) {
            return switch (this) {
                case NOT_BASE64 -> "<" + reply;
                case TRUNCATED -> {
                    byte[] xml = Base64.getDecoder().decode(reply);
                    yield Base64.getEncoder().encodeToString(Arrays.copyOf(xml, xml.length / 2));
                }
                case NO_RESULT -> IcqlReply.write(command, version, new Reply.Nothing());
            };
        }
    }
}
