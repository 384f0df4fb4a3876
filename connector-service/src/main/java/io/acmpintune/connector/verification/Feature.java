package io.acmpintune.connector.verification;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.verification.ConnectionReport.Check;

/** Features of a connector and the application permissions that allow them. Source: Graph's permission reference. */
enum Feature {
    INVENTORY(Check.INVENTORY_PERMISSION, "reading devices"),
    SYNCHRONIZE(Check.SYNCHRONIZE_PERMISSION, "synchronizing devices"),
    LOCK(Check.LOCK_PERMISSION, "locking devices"),
    RETIRE(Check.RETIRE_PERMISSION, "retiring devices"),
    WIPE(Check.WIPE_PERMISSION, "wiping devices"),
    NOTIFY(Check.NOTIFY_PERMISSION, "sending notifications"),
    FOLLOW_APPROVALS(Check.APPROVAL_PERMISSION, "seeing whether Intune has approved an action (Multi Admin Approval)");

    private final Check check;
    private final String activity;

    Feature(Check check, String activity) {
        this.check = check;
        this.activity = activity;
    }

    Check check() {
        return check;
    }

    /** Returns whether the application for actions needs the permission. */
    boolean isAction() {
        return action().isPresent();
    }

    String activity() {
        return activity;
    }

    /** Returns permissions of which any one suffices, the least privileged first. */
    private List<String> anyOf() {
        return switch (this) {
            case INVENTORY ->
                List.of("DeviceManagementManagedDevices.Read.All", "DeviceManagementManagedDevices.ReadWrite.All",
                        "DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All");
            case SYNCHRONIZE, LOCK, RETIRE -> List.of("DeviceManagementManagedDevices.PrivilegedOperations.All");
            case WIPE -> List.of("DeviceManagementManagedDevices.PrivilegedOperations.All",
                    "DeviceManagementManagedDevices.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All");
            case NOTIFY -> List.of("DeviceManagementManagedDevices.ReadWrite.All",
                    "DeviceManagementConfiguration.ReadWrite.All");
            case FOLLOW_APPROVALS -> List.of("DeviceManagementRBAC.Read.All", "DeviceManagementRBAC.ReadWrite.All",
                    "DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All");
        };
    }

    /** Returns the kind of action; empty for other features. */
    Optional<ActionKind> action() {
        return switch (this) {
            case INVENTORY, FOLLOW_APPROVALS -> Optional.empty();
            case SYNCHRONIZE -> Optional.of(ActionKind.SYNC_DEVICE);
            case LOCK -> Optional.of(ActionKind.REMOTE_LOCK);
            case RETIRE -> Optional.of(ActionKind.RETIRE);
            case WIPE -> Optional.of(ActionKind.WIPE);
            case NOTIFY -> Optional.of(ActionKind.SEND_NOTIFICATION);
        };
    }

    /** Returns whether most tenants can do without it. */
    boolean isOptional() {
        return this == FOLLOW_APPROVALS;
    }

    /** Returns the least privileged permission. */
    String leastPrivileged() {
        return anyOf().getFirst();
    }

    /** Returns the roles that allow it. */
    List<String> allowing(Set<String> roles) {
        return anyOf().stream().filter(roles::contains).toList();
    }
}
