package io.acmpintune.engine.publication;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/** What an exchange with an ACMP server came to: it goes on, or the server is left alone for a while. */
sealed interface Round {

    Round WENT = new Went();

    /** The server answered; what it refused is parked. */
    record Went() implements Round {}

    /**
     * The server cannot be used.
     *
     * @param problem why, for a person
     * @param passing whether trying again without a person may help
     */
    record Halted(String problem, boolean passing) implements Round {}

    static Halted halted(ConnectionProblem problem) {
        return new Halted(problem.text(), problem.kind().mayPassByItself());
    }

    static Halted halted(AcmpReply.Refused<?> refused) {
        return new Halted(refused.text(), refused.code() != ResultCode.Known.WRONG_CREDENTIALS);
    }

    /** True when a refusal means single records, not the server. */
    static boolean meansRecords(ResultCode code) {
        return switch (code.reaction()) {
            case PARK, SAVE_CLIENT_FIRST -> code != ResultCode.Known.WRONG_CREDENTIALS;
            case NONE, RETRY_LATER, RENEW_SESSION -> false;
        };
    }
}
