package io.acmpintune.connector.tenant;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.outbound.HttpProxy;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.action.ActionKind;

/**
 * One installation of the Intune side, as the configuration describes it and with everything checked.
 *
 * @param clientId the application that reads, and acts where no other is named
 * @param sslBundle name of the SSL bundle that trusts Entra's and Graph's certificates; null = the Java platform's trust store
 * @param proxy on the way to Entra and Graph; null = what the Java platform's properties say
 * @param acting the application that hands over actions, so that the one that reads needs no privileges; null = the same
 */
public record Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
        @Nullable String sslBundle, ScanSettings scanner, FollowUp followUp, ActionSettings actions, Limits limits,
        @Nullable HttpProxy proxy, @Nullable Application acting) {

    /** One application without a proxy, and Intune's limits as they are by default. */
    public Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
            @Nullable String sslBundle, ScanSettings scanner, FollowUp followUp, ActionSettings actions) {
        this(name, tenantId, clientId, credential, endpoints, sslBundle, scanner, followUp, actions, Limits.DEFAULT,
                null, null);
    }

    /** An application of the tenant, and how it proves to be that. */
    public record Application(UUID clientId, Credential credential) {}

    /** What the proxy is told, where it asks. */
    public Optional<String> proxyPassword() {
        return proxy == null ? Optional.empty() : Optional.ofNullable(proxy.password());
    }

    /** The connector as it is for handing over actions; named so that messages tell the two apart. */
    public Connector forActions() {
        return acting == null
                ? this
                : new Connector(name + "'s action-credential", tenantId, acting.clientId(), acting.credential(),
                        endpoints, sslBundle, scanner, followUp, actions, limits, proxy, null);
    }

    /**
     * How a connector reads devices.
     *
     * @param intervals how often, unless an operator has said otherwise since
     * @param pageSize rows per Graph page
     * @param filter which of the tenant's devices
     * @param details whether also what Graph tells on single reads only
     */
    public record ScanSettings(ScanIntervals intervals, int pageSize, DeviceFilter filter, boolean details) {

        /** Below, scans would run without a pause, or find nothing that changed. */
        public static final Duration SHORTEST_INCREMENTAL_INTERVAL = Duration.ofSeconds(10);
        public static final Duration SHORTEST_FULL_INTERVAL = Duration.ofMinutes(1);
        public static final Duration LONGEST_INTERVAL = Duration.ofDays(366);
    }

    /**
     * When a connector looks what became of an action: first after {@code first}, then twice as long each time.
     *
     * @param giveUpAfter a device that has not answered by then is taken for silent
     */
    public record FollowUp(Duration first, Duration atMost, Duration giveUpAfter) {}

    /**
     * What holds for actions before they are sent.
     *
     * @param enabled what may be done to devices at all
     * @param expireAfter an action that was not sent by then is not sent any more, unless its order says otherwise
     * @param wipesPerDay the most that the tenant's connectors send in 24 hours
     * @param retiresPerDay the most that the tenant's connectors send in 24 hours
     * @param wipes the most that this connector takes, whoever asks
     * @param retires as {@code wipes}
     */
    public record ActionSettings(Set<ActionKind> enabled, Duration expireAfter, int wipesPerDay, int retiresPerDay,
            Cap wipes, Cap retires) {

        public ActionSettings {
            enabled = Set.copyOf(enabled);
        }

        /** With the caps that hold by default. */
        public ActionSettings(Set<ActionKind> enabled, Duration expireAfter, int wipesPerDay, int retiresPerDay) {
            this(enabled, expireAfter, wipesPerDay, retiresPerDay, Cap.DEFAULT, Cap.DEFAULT);
        }

        /** Microsoft's limit per tenant and day, over portal and Graph. Source: its pages on wipe and retire, 2026-08. */
        public static final int WIPES_PER_DAY = 500;
        /** As {@link #WIPES_PER_DAY}. */
        public static final int RETIRES_PER_DAY = 1_000;
    }

    /** How much of a destructive kind a connector takes, so that whoever steals its token does not reach a whole fleet. */
    public record Cap(int per10m, int perDay) {

        public static final Duration WINDOW = Duration.ofMinutes(10);
        public static final Cap DEFAULT = new Cap(10, 50);
    }

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
