package io.acmpintune.model.action;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be done to a device, under Graph's name of the action. */
public enum ActionKind {
    /** The device is asked to check in and report its inventory; harmless to repeat. */
    SYNC_DEVICE("syncDevice");

    private final String graphName;

    ActionKind(String graphName) {
        this.graphName = graphName;
    }

    @JsonValue
    public String graphName() {
        return graphName;
    }
}
