package io.acmpintune.system;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.graph.Tenant;

/** What an attacker tries: the kinds of actions with their devices and their limits, which are the defaults. */
enum AttackedAction {
    WIPE(QueryActionCalls.WIPE, "wipe", "wipe", "Windows", 1, 1),
    RETIRE(QueryActionCalls.RETIRE, "retire", "retire", "Windows", 10, 1),
    LOCK_MACS(QueryActionCalls.LOCK, "remoteLock", "remoteLock", "macOS", 10, 1),
    LOCK_PHONES(QueryActionCalls.LOCK, "remoteLock", "remoteLock", "iOS,iPadOS", 20, 5),
    NOTIFY(QueryActionCalls.NOTIFY, "sendNotification", "sendCustomNotificationToCompanyPortal",
            "iOS,iPadOS", 20, 5);

    private final String queryAction;
    private final String command;
    private final String segment;
    /** Separated by commas. */
    private final String systems;
    private final int threshold;
    private final int overSics;

    AttackedAction(String queryAction, String command, String segment, String systems, int threshold,
            int overSics) {
        this.queryAction = queryAction;
        this.command = command;
        this.segment = segment;
        this.systems = systems;
        this.threshold = threshold;
        this.overSics = overSics;
    }

    String queryAction() {
        return queryAction;
    }

    /** How many devices one identity may affect without another person. */
    int threshold() {
        return threshold;
    }

    /** How many devices all messages over SICS together may affect without another person. */
    int overSics() {
        return overSics;
    }

    /** The operating systems of the devices, for a filter. */
    List<String> systems() {
        return List.of(systems.split(","));
    }

    /** Returns clients that the action reaches and whose devices answer. Wipes and retires, after which a device is gone, share none. */
    List<String> clients(BothServices installation) throws Exception {
        QueryActionCalls calls = new QueryActionCalls(installation);
        Tenant tenant = installation.simulator().tenant();
        List<String> clients = new ArrayList<>();
        for (Map.Entry<String, String> client : calls.reachable(queryAction).entrySet()) {
            if (systems().contains(system(tenant, client.getValue())) && !tenant.neverChecksIn(client.getValue())) {
                clients.add(client.getKey());
            }
        }
        clients.sort(Comparator.naturalOrder());
        int half = clients.size() / 2;
        return new ArrayList<>(switch (this) {
            case WIPE -> clients.subList(0, half);
            case RETIRE -> clients.subList(half, clients.size());
            case LOCK_MACS, LOCK_PHONES, NOTIFY -> clients;
        });
    }

    /** Returns devices of the tenant for commands at the connector itself. */
    List<String> devices(BothServices installation) {
        Tenant tenant = installation.simulator().tenant();
        return tenant.ids().stream().filter(id -> systems().contains(system(tenant, id))).toList();
    }

    /** Counts how often Intune has executed the action. */
    long executions(BothServices installation) {
        Tenant tenant = installation.simulator().tenant();
        return tenant.executions(segment)
                .entrySet()
                .stream()
                // a device that has left was no phone or Mac: these are only locked and notified
                .filter(entry -> this == WIPE || this == RETIRE || systems().contains(system(tenant, entry.getKey())))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static String system(Tenant tenant, String device) {
        return tenant.device(device).map(shown -> shown.path("operatingSystem").asString("")).orElse("");
    }

    /** Returns a correct command for the connector, as the engine would send it. */
    Map<String, Object> command(BothServices installation, String device) {
        JsonNode seen = installation.simulator().tenant().device(device).orElseThrow();
        Map<String, Object> body = new LinkedHashMap<>(Map.of("kind", command, "deviceId", device, "requestedBy",
                "somebody", "expected",
                Map.of("serialNumber", seen.path("serialNumber").asString(""), "deviceName",
                        seen.path("deviceName").asString(""), "userPrincipalName",
                        seen.path("userPrincipalName").asString(""), "ownerType",
                        seen.path("managedDeviceOwnerType").asString(""))));
        if (this == WIPE) {
            body.put("wipe", Map.of("keepEnrollmentData", false, "keepUserData", false, "persistEsimDataPlan", false));
        }
        if (this == NOTIFY) {
            body.put("notification", Map.of("title", "Blocked", "body", "Your phone is blocked, sign in at …"));
        }
        return body;
    }

    /** Returns the parts of a message over SICS that only this action has. */
    String parametersOverSics() {
        return this == NOTIFY ? "<Title>Blocked</Title><Body>Your phone is blocked, sign in at …</Body>" : "";
    }
}
