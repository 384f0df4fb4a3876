package io.acmpintune.connector.verification;

import java.util.List;
import java.util.Set;

import io.acmpintune.model.verification.ConnectionReport.Check;

/** What a connector does, and the application permissions that allow it. Source: Graph's permission reference. */
enum Feature {
    INVENTORY(Check.INVENTORY_PERMISSION, "reading devices"),
    SYNCHRONIZE(Check.SYNCHRONIZE_PERMISSION,
            "synchronizing devices");

    private final Check check;
    private final String activity;

    Feature(Check check, String activity) {
        this.check = check;
        this.activity = activity;
    }

    Check check() {
        return check;
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
            case SYNCHRONIZE -> List.of("DeviceManagementManagedDevices.PrivilegedOperations.All");
        };
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
