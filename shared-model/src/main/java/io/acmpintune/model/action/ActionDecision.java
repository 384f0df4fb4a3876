package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a person says about an action of which nobody knows whether Intune took it.
 *
 * @param decidedBy 1 to 200 characters without control characters
 */
public record ActionDecision(Verdict verdict, String decidedBy) {

    public ActionDecision {
        // what a caller leaves out of its JSON arrives as null, whatever the types say
        if (verdict == null) {
            throw new IllegalArgumentException("verdict is missing");
        }
        Person.check("decidedBy", decidedBy);
    }

    /** The ways out. */
    public enum Verdict {
        /** Intune took it: it is followed on. */
        TAKEN("taken"),
        /** Intune did not take it, or twice does no harm here: it is sent once more. */
        SEND_AGAIN("send-again"),
        /** It is left as it is. */
        GIVE_UP("give-up");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
