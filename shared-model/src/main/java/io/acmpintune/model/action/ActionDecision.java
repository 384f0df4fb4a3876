package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A person's decision about an action that Intune may or may not have accepted.
 *
 * @param decidedBy 1 to 200 characters without control characters
 */
public record ActionDecision(Verdict verdict, String decidedBy) {

    public ActionDecision {
        // a field that is missing in the JSON is null, whatever its type says
        if (verdict == null) {
            throw new IllegalArgumentException("verdict is missing");
        }
        Person.check("decidedBy", decidedBy);
    }

    /** The possible decisions. */
    public enum Verdict {
        /** Intune accepted it: its outcome is followed. */
        TAKEN("taken"),
        /** Intune did not accept it, or repeating it does no harm: it is sent again. */
        SEND_AGAIN("send-again"),
        /** Nothing more is done. */
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
