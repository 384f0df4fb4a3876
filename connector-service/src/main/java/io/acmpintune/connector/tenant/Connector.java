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
        @Nullable String sslBundle, Scanner scanner, FollowUp followUp, Limits limits) {

    /** A connector with everything else as it is by default. */
    public Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
            @Nullable String sslBundle, Scanner scanner, FollowUp followUp) {
        this(name, tenantId, clientId, credential, endpoints, sslBundle, scanner, followUp, Limits.DEFAULT);
    }

    /** How often a connector reads what checked in, and everything, and in which portions. */
    public record Scanner(Duration incrementalInterval, Duration fullInterval, int pageSize) {}

    /** When a connector looks what became of an action: first after {@code first}, then twice as long each time. */
    public record FollowUp(Duration first, Duration atMost) {}

    /** How much a connector asks of Intune in any 20 seconds. Source of Intune's own: Graph's throttling limits. */
    public record Limits(int writes, int requests) {

        /** A little less than Intune's own. */
        public static final Limits DEFAULT = new Limits(190, 1_900);
        static final int INTUNES_WRITES = 200;
        static final int INTUNES_REQUESTS = 2_000;

        public Limits smaller(Limits other) {
            return new Limits(Math.min(writes, other.writes), Math.min(requests, other.requests));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
