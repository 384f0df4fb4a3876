package io.acmpintune.engine.acmp.sics;

/**
 * Why a call or command got no usable answer from SICS or ACMP. The texts are for operators and hold neither credentials nor
 * device data.
 *
 * @param which the configuration key, address or server concerned
 * @param why what happened
 * @param remedy what an operator can do about it
 */
public record ConnectionProblem(Kind kind, String which, String why, String remedy) {

    /** Kinds of problem and whether they may pass without intervention. */
    public enum Kind {
        /** SICS was not reachable, the connection broke, or SICS took too long to answer. */
        UNREACHABLE(true),
        /** The TLS connection to SICS failed, mostly because its certificate is not trusted. */
        TLS_FAILED(false),
        /** SICS, or the ACMP server, refused user name and password (result 15, or 401 at the log-in). */
        WRONG_CREDENTIALS(false),
        /** SICS opened a session and then refused it. */
        SESSION_REFUSED(true),
        /** SICS does not know ACMP's virtual router, as also happens until ACMP has reconnected to SICS. */
        ADDRESS_UNKNOWN(true),
        /** SICS refused a call for another reason. */
        REFUSED_BY_SICS(true),
        /** No reply arrived in time. ACMP may have executed the command. */
        NO_REPLY(true),
        /** The answer of SICS or ACMP was unreadable. ACMP may have executed the command. */
        MALFORMED_REPLY(true),
        /** This program is shutting down. */
        CLOSED(true);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the problem may pass without intervention. */
        public boolean mayPassByItself() {
            return passing;
        }
    }

    /** Returns location, reason and remedy. */
    public String text() {
        return which + ": " + why + ". " + remedy + ".";
    }
}
