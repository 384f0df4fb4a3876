package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.SequencedMap;

/** What a command comes to. */
sealed interface Reply {

    /**
     * The request was refused and nothing of it was stored.
     *
     * @param code    a {@link ResultCode}, or one that a test has ordered
     * @param message names what is wrong
     */
    record Refused(int code, String message) implements Reply {
        static Refused invalid(String message) {
            return new Refused(ResultCode.INVALID_REQUEST.number(), message);
        }

        static Refused unknownClient(String clientId) {
            return new Refused(ResultCode.CLIENT_NOT_EXIST.number(), "there is no client " + clientId);
        }
    }

    /** Done; only the result code goes back. */
    record Done() implements Reply {}

    /** A response without anything in it, which no honest server sends. */
    record Nothing() implements Reply {}

    /** One value, and the result code that goes with it. */
    record Value(String element, String value, ResultCode code, String message) implements Reply {}

    /**
     * Done, with a list of records.
     *
     * @param withResultCode false where Aagon's own sample shows a response without one
     */
    record Records(String list, String recordType, List<SequencedMap<String, String>> records, boolean withResultCode)
            implements
                Reply {
        public Records {
            records = List.copyOf(records);
        }
    }
}
