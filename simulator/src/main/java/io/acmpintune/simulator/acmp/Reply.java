package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.SequencedMap;

/** The result of a command. */
sealed interface Reply {

    /**
     * The request was refused; nothing of it was stored.
     *
     * @param code a {@link ResultCode}, or one that a test injects
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

    /** Success with a result code only. */
    record Done() implements Reply {}

    /** An empty response, which a correct server never sends. */
    record Nothing() implements Reply {}

    /** One value with its result code. */
    record Value(String element, String value, ResultCode code, String message) implements Reply {}

    /**
     * Success with a list of records.
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
