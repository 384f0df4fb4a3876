package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.SequencedMap;

/** What a command comes to. */
sealed interface Reply {

    /**
     * The request was refused and nothing of it was stored.
     *
     * @param message names what is wrong
     */
    record Refused(ResultCode code, String message) implements Reply {
        static Refused invalid(String message) {
            return new Refused(ResultCode.INVALID_REQUEST, message);
        }
    }

    /** Done; only the result code goes back. */
    record Done() implements Reply {}

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
