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
 * A connector to one Intune tenant, with its validated configuration.
 *
 * @param clientId the application that reads devices, and sends actions if {@code actionApplication} is null
 * @param sslBundle name of the SSL bundle that trusts Entra's and Graph's certificates; null = the Java platform's trust store
 * @param proxy proxy to Entra and Graph; null = the Java platform's properties
 * @param actionApplication the application that sends actions, so that the reading one needs no privileges; null = the same
 */
public record Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
        @Nullable String sslBundle, ScanSettings scanner, FollowUp followUp, ActionSettings actions, RateLimits limits,
        @Nullable HttpProxy proxy, @Nullable Application actionApplication) {

    /** A connector with one application, default rate limits and no proxy. */
    public Connector(String name, UUID tenantId, UUID clientId, Credential credential, Endpoints endpoints,
            @Nullable String sslBundle, ScanSettings scanner, FollowUp followUp, ActionSettings actions) {
        this(name, tenantId, clientId, credential, endpoints, sslBundle, scanner, followUp, actions, RateLimits.DEFAULT,
                null, null);
    }

    /** An application of the tenant and its credential. */
    public record Application(UUID clientId, Credential credential) {}

    public Optional<String> proxyPassword() {
        return proxy == null ? Optional.empty() : Optional.ofNullable(proxy.password());
    }

    /** Returns the connector with the application that sends actions; its name distinguishes the two in messages. */
    public Connector forActions() {
        return actionApplication == null
                ? this
                : new Connector(name + "'s action-credential", tenantId, actionApplication.clientId(),
                        actionApplication.credential(),
                        endpoints, sslBundle, scanner, followUp, actions, limits, proxy, null);
    }

    /**
     * Settings for scans.
     *
     * @param intervals configured intervals; operators may override them
     * @param pageSize rows per Graph page
     * @param filter the devices to read
     * @param details whether to also read the properties that Graph returns only for single devices
     */
    public record ScanSettings(ScanIntervals intervals, int pageSize, DeviceFilter filter, boolean details) {

        /** Shorter intervals would scan without a pause, or find no changes. */
        public static final Duration MIN_INCREMENTAL_INTERVAL = Duration.ofSeconds(10);
        public static final Duration MIN_FULL_INTERVAL = Duration.ofMinutes(1);
        public static final Duration MAX_INTERVAL = Duration.ofDays(366);
    }

    /**
     * When the device of an action is checked: first after {@code first}, then with doubling pauses.
     *
     * @param longest longest pause
     * @param giveUpAfter after this time, a device that has not answered counts as failed
     */
    public record FollowUp(Duration first, Duration longest, Duration giveUpAfter) {}

    /**
     * Settings for actions.
     *
     * @param enabled allowed kinds of actions
     * @param expireAfter how long an action may wait to be sent, unless its order says otherwise
     * @param wipesPerDay wipes of all connectors of the tenant in 24 hours
     * @param retiresPerDay retires of all connectors of the tenant in 24 hours
     * @param caps limits of this connector, whoever requests the actions
     */
    public record ActionSettings(Set<ActionKind> enabled, Duration expireAfter, int wipesPerDay, int retiresPerDay,
            Caps caps) {

        public ActionSettings {
            enabled = Set.copyOf(enabled);
        }

        /** Settings with the default caps. */
        public ActionSettings(Set<ActionKind> enabled, Duration expireAfter, int wipesPerDay, int retiresPerDay) {
            this(enabled, expireAfter, wipesPerDay, retiresPerDay, Caps.DEFAULT);
        }

        /** Intune's limit per tenant and day for portal and Graph together. Source: Microsoft's pages on wipe and retire, 2026-08. */
        public static final int MAX_WIPES_PER_DAY = 500;
        /** As {@link #MAX_WIPES_PER_DAY}. */
        public static final int MAX_RETIRES_PER_DAY = 1_000;
    }

    /**
     * Limits on disruptive and destructive actions by kind, so that a stolen API token cannot reach the whole fleet.
     *
     * @param macLocks locks of Macs, which set a PIN
     * @param locks locks of other devices
     */
    public record Caps(Cap wipes, Cap retires, Cap macLocks, Cap locks, Cap notifications) {

        private static final Cap DESTRUCTIVE = new Cap(10, 50);
        private static final Cap DISRUPTIVE = new Cap(200, 1_000);
        public static final Caps DEFAULT = new Caps(DESTRUCTIVE, DESTRUCTIVE, DESTRUCTIVE, DISRUPTIVE, DISRUPTIVE);
    }

    /** Limit on actions of one kind. */
    public record Cap(int per10m, int perDay) {

        public static final Duration WINDOW = Duration.ofMinutes(10);
    }

    /** Requests to Intune in any 20 seconds. Source of Intune's limits: Graph's throttling limits. */
    public record RateLimits(int writes, int requests) {

        /** Slightly below Intune's limits. */
        public static final RateLimits DEFAULT = new RateLimits(190, 1_900);
        static final int MAX_WRITES = 200;
        static final int MAX_REQUESTS = 2_000;

        public RateLimits min(RateLimits other) {
            return new RateLimits(Math.min(writes, other.writes), Math.min(requests, other.requests));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
