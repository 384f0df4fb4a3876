package io.acmpintune.system;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** The expected contents of an ACMP server: each device as exactly one client with equal fields, and nothing else. */
final class ExpectedAcmp {

    private ExpectedAcmp() {}

    /** Compares every field of every device. The server has no other clients. */
    static void assertEqual(AcmpServer server, Tenant tenant) {
        assertEqual(server, tenant, Set.of());
    }

    /**
     * Compares every field of every mobile device and of every client that the engine created.
     *
     * @param before ClientIds that the server had before
     */
    static void assertEqual(AcmpServer server, Tenant tenant, Set<String> before) {
        Map<String, Map<String, String>> mobileDevices = server.mobileDevices();
        Map<String, String> clientOf = new HashMap<>();
        mobileDevices.forEach((client, fields) -> clientOf.merge(fields.getOrDefault("IntuneDeviceId", ""), client,
                (one, other) -> one + " and " + other));
        assertThat(clientOf).as("devices in ACMP").hasSameSizeAs(mobileDevices);
        assertThat(clientOf.keySet()).as("devices in ACMP").isEqualTo(Set.copyOf(tenant.ids()));
        Set<String> ours = new HashSet<>(server.clientIds());
        assertThat(ours).as("clients in ACMP").containsAll(before);
        ours.removeIf(client -> before.contains(client) && !mobileDevices.containsKey(client));
        assertThat(ours).as("clients in ACMP").isEqualTo(mobileDevices.keySet());
        Map<String, Map<String, String>> clients = server.clients();
        clientOf.forEach((device, client) -> {
            ObjectNode known = tenant.device(device).orElseThrow();
            assertThat(mobileDevices.get(client)).as("mobile device " + device)
                    .containsAllEntriesOf(ExpectedMobileDevice.of(known));
            if (!before.contains(client)) {
                assertThat(clients.get(client)).as("client of " + device)
                        .containsAllEntriesOf(ExpectedClient.of(client, known));
            }
        });
    }
}
