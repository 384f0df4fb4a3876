package io.acmpintune.engine.acmp.icql;

import java.util.Arrays;

/**
 * ACMP's result of a command. Source of the known numbers: the general table of result codes in Aagon's description of the
 * Public API commands, and for 9 that of its scan-data commands.
 */
public sealed interface ResultCode {

    /** How the program reacts to a code. */
    enum Reaction {
        /** Nothing: the command was executed. */
        NONE,
        /** Send it again later: the reason may pass by itself. */
        RETRY_LATER,
        /** Send it again with a new session. */
        RENEW_SESSION,
        /** Save the client first, then send it again. */
        SAVE_CLIENT_FIRST,
        /** Leave it until an operator has intervened: sending the same again would yield the same result. */
        PARK
    }

    /** The number on the wire. */
    int number();

    /** The meaning in a few words. */
    String meaning();

    /** What an operator can do about it. */
    String advice();

    /** How the program reacts to it. */
    Reaction reaction();

    /** Returns the code with this number, one of {@link Known} if possible. */
    static ResultCode of(int number) {
        return Arrays.stream(Known.values())
                .filter(known -> known.number == number)
                .map(ResultCode.class::cast)
                .findFirst()
                .orElseGet(() -> new Unknown(number));
    }

    /** The codes that Aagon documents. */
    enum Known implements ResultCode {
        UNSPECIFIED(-1, "an error that ACMP does not describe", Reaction.RETRY_LATER,
                "look into the ACMP server's log for the time of the command"),
        OK(0, "executed", Reaction.NONE,
                "nothing to do"),
        INVALID_SESSION(7, "the session is not valid", Reaction.RENEW_SESSION,
                "nothing to do once; if it persists, check that the SICS user may run Public API commands"),
        GENERAL_ERROR(9, "a general error", Reaction.RETRY_LATER,
                "look into the ACMP server's log for the time of the command"),
        WRONG_CREDENTIALS(15, "user name or password is wrong", Reaction.PARK,
                "check acmp.sics.username and acmp.sics.password"),
        INTERNAL_ERROR(18, "an internal error of ACMP", Reaction.RETRY_LATER,
                "look into the ACMP server's log for the time of the command"),
        DATABASE_ERROR(19, "ACMP's database refused the change", Reaction.RETRY_LATER,
                "check that ACMP's database is up and has space, then look into the ACMP server's log"),
        CLIENT_NOT_FOUND(26, "ACMP does not know the client", Reaction.SAVE_CLIENT_FIRST,
                "the client was deleted in ACMP, or never saved: it has to be saved before its data"),
        ELEMENT_NOT_FOUND(30, "ACMP does not know an element that the command names", Reaction.PARK,
                "check the names and ids in the mapping against ACMP"),
        LICENCES_EXHAUSTED(32, "no ACMP licence is left for the client", Reaction.PARK,
                "free or buy a client licence in ACMP"),
        INVALID_REQUEST(35, "ACMP does not accept the command as it was sent", Reaction.PARK,
                "compare the mapping file with the fields that this ACMP version knows (GetCommandSchemas)");

        private final int number;
        private final String meaning;
        private final Reaction reaction;
        private final String advice;

        Known(int number, String meaning, Reaction reaction, String advice) {
            this.number = number;
            this.meaning = meaning;
            this.reaction = reaction;
            this.advice = advice;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public String meaning() {
            return meaning;
        }

        @Override
        public String advice() {
            return advice;
        }

        @Override
        public Reaction reaction() {
            return reaction;
        }
    }

    /** A code that Aagon does not document; kept because an operator may know it. */
    record Unknown(int number) implements ResultCode {

        @Override
        public String meaning() {
            return "a result that is not documented";
        }

        @Override
        public String advice() {
            return "ask Aagon what ACMP means by result code " + number;
        }

        @Override
        public Reaction reaction() {
            return Reaction.PARK;
        }
    }
}
