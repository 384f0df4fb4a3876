package io.acmpintune.engine.publication;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/** Outcome of an exchange with an ACMP server: completed, or the server has to be left alone for a while. */
sealed interface Exchange {

    Exchange COMPLETED = new Completed();

    /** The server answered; clients that it refused are parked. */
    record Completed() implements Exchange {}

    /**
     * The server cannot be used.
     *
     * @param problem why, for an administrator
     * @param temporary whether the problem may pass by itself
     */
    record Halted(String problem, boolean temporary) implements Exchange {}

    static Halted halted(ConnectionProblem problem) {
        return new Halted(problem.text(), problem.kind().mayPassByItself());
    }

    static Halted halted(AcmpReply.Refused<?> refused) {
        return new Halted(refused.text(), refused.code() != ResultCode.Known.WRONG_CREDENTIALS);
    }

    /** Returns whether a refusal concerns single records rather than the server. */
    static boolean concernsRecords(ResultCode code) {
        return switch (code.reaction()) {
            case PARK, SAVE_CLIENT_FIRST -> code != ResultCode.Known.WRONG_CREDENTIALS;
            case NONE, RETRY_LATER, RENEW_SESSION -> false;
        };
    }
}
