package io.acmpintune.engine.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonValue;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Impact;

/** The actions that an ACMP operator can start on clients, with ACMP's names. */
public enum QueryAction {
    SEND_NOTIFICATION("SendIntuneNotification", ActionKind.SEND_NOTIFICATION),
    RETIRE("RetireIntuneDevices", ActionKind.RETIRE),
    WIPE("WipeIntuneDevices", ActionKind.WIPE),
    REMOTE_LOCK("RemotelyLockIntuneDevices", ActionKind.REMOTE_LOCK),
    SYNCHRONIZE("SynchronizeIntuneDevices", ActionKind.SYNC_DEVICE);

    private final String acmpName;
    private final ActionKind kind;

    QueryAction(String acmpName, ActionKind kind) {
        this.acmpName = acmpName;
        this.kind = kind;
    }

    @JsonValue
    public String acmpName() {
        return acmpName;
    }

    public ActionKind kind() {
        return kind;
    }

    /** Returns the greatest impact that it can have on any device. */
    public Impact greatestImpact() {
        return Impact.greatest(kind);
    }

    public static Optional<QueryAction> named(String acmpName) {
        return Arrays.stream(values()).filter(action -> action.acmpName.equals(acmpName)).findFirst();
    }

    /** Returns all names, for a message. */
    public static String names() {
        return Arrays.stream(values()).map(QueryAction::acmpName).collect(Collectors.joining(", "));
    }
}
