package io.acmpintune.connector.tenant;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One installation of the Intune side, as the configuration describes it and with everything checked.
 *
 * @param sslBundle name of the SSL bundle that trusts Entra's and Graph's certificates; null = the Java platform's trust store
 */
public record Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
        @Nullable String sslBundle, Scanner scanner, FollowUp followUp) {

    /** How often a connector reads what checked in, and everything, and in which portions. */
    public record Scanner(Duration incrementalInterval, Duration fullInterval, int pageSize) {}

    /** When a connector looks what became of an action: first after {@code first}, then twice as long each time. */
    public record FollowUp(Duration first, Duration atMost) {}

    @Override
    public String toString() {
        return name;
    }
}
