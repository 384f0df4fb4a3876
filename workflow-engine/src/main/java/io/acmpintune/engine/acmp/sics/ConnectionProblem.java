package io.acmpintune.engine.acmp.sics;

/**
 * Why a command got no answer from ACMP. The texts are for operators and hold neither credentials nor device data.
 *
 * @param kind what sort of problem it is, for the program
 * @param which the configuration key, address or server concerned
 * @param why what happened
 * @param remedy what a person can do about it
 */
public record ConnectionProblem(Kind kind, String which, String why, String remedy) {

    /** The sorts of problem. Each says whether trying again without a person may help. */
    public enum Kind {
        /** SICS could not be reached, or the connection broke, or it took too long to answer. */
        UNREACHABLE(true),
        /** The TLS connection to SICS could not be made, mostly because its certificate is not trusted. */
        TLS_FAILED(false),
        /** SICS, or the ACMP server, refused user name and password (result 15, or 401 at the log-in). */
        WRONG_CREDENTIALS(false),
        /** SICS gave a session and then refused it. */
        SESSION_REFUSED(true),
        /** SICS does not know ACMP's virtual router; it also looks like this until ACMP has reconnected to SICS. */
        ADDRESS_UNKNOWN(true),
        /** SICS refused a call for a reason of its own. */
        REFUSED_BY_SICS(true),
        /** No reply came in time. Whether ACMP carried the command out is not known. */
        NO_REPLY(true),
        /** SICS or ACMP answered something that is not what was agreed. Whether ACMP carried it out is not known. */
        MALFORMED_REPLY(true),
        /** This program is shutting down. */
        CLOSED(true);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the problem may pass without anybody doing anything. */
        public boolean mayPassByItself() {
            return passing;
        }
    }

    /** All of it in one sentence. */
    public String text() {
        return which + ": " + why + ". " + remedy + ".";
    }
}
