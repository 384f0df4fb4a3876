package io.acmpintune.connector.verification;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.verification.ConnectionReport.Check;

/** What a connector does, and the application permissions that allow it. Source: Graph's permission reference. */
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

    /** Whether it is a matter of the application that hands over actions. */
    boolean acts() {
        return action().isPresent();
    }

    String activity() {
        return activity;
    }

    /** Any one of these allows it; the first allows the least beside it. */
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

    /** The action that it is for; empty for what belongs to none. */
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

    /** True when the rest works without it in most tenants. */
    boolean isOptional() {
        return this == FOLLOW_APPROVALS;
    }

    /** The permission to ask for. */
    String least() {
        return anyOf().getFirst();
    }

    /** Which of the roles allow it; empty when none does. */
    List<String> allowing(Set<String> roles) {
        return anyOf().stream().filter(roles::contains).toList();
    }
}
