package io.acmpintune.simulator.graph;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static io.acmpintune.simulator.graph.DeviceClass.ANDROID_ADMINISTRATOR;
import static io.acmpintune.simulator.graph.DeviceClass.ANDROID_CORPORATE;
import static io.acmpintune.simulator.graph.DeviceClass.ANDROID_WORK_PROFILE;
import static io.acmpintune.simulator.graph.DeviceClass.CHROME_OS;
import static io.acmpintune.simulator.graph.DeviceClass.IOS;
import static io.acmpintune.simulator.graph.DeviceClass.MACOS;
import static io.acmpintune.simulator.graph.DeviceClass.TVOS;
import static io.acmpintune.simulator.graph.DeviceClass.VISIONOS;
import static io.acmpintune.simulator.graph.DeviceClass.WINDOWS;

/**
 * The supported actions with the permissions they need and the devices that support them. Source: Graph's permission
 * table and Intune's articles on the device actions.
 */
enum Action {
    SYNC_DEVICE("syncDevice", Access.Permission.OPERATE),
    REMOTE_LOCK("remoteLock", Access.Permission.OPERATE),
    RETIRE("retire", Access.Permission.OPERATE),
    WIPE("wipe", Access.Permission.WIPE),
    NOTIFY("sendCustomNotificationToCompanyPortal", Access.Permission.NOTIFY);

    private final String segment;
    private final Access.Permission permission;

    Action(String segment, Access.Permission permission) {
        this.segment = segment;
        this.permission = permission;
    }

    /** @throws IllegalArgumentException if there is no such action; the message lists the existing ones */
    static Action named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.segment.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no action is called '" + name + "'; there are "
                        + List.of(values()).stream().map(Action::segment).toList()));
    }

    /** Returns Graph's name of the action, the last segment of its URL. */
    String segment() {
        return segment;
    }

    Access.Permission permission() {
        return permission;
    }

    Set<ApiVersion> versions() {
        return this == NOTIFY ? EnumSet.of(ApiVersion.BETA) : EnumSet.allOf(ApiVersion.class);
    }

    boolean supportedBy(Row device) {
        DeviceClass made = DeviceClass.of(device);
        return switch (this) {
            case SYNC_DEVICE -> true;
            case REMOTE_LOCK -> Set.of(ANDROID_CORPORATE, IOS, MACOS, VISIONOS).contains(made);
            case RETIRE -> Set.of(ANDROID_ADMINISTRATOR, ANDROID_WORK_PROFILE, IOS, MACOS, WINDOWS, TVOS, VISIONOS)
                    .contains(made);
            case WIPE -> Set.of(ANDROID_CORPORATE, IOS, MACOS, WINDOWS, CHROME_OS).contains(made);
            case NOTIFY -> Set.of(ANDROID_WORK_PROFILE, IOS).contains(made);
        };
    }
}
