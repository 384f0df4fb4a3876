package io.acmpintune.connector.tenant;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** {@code intune.*} as written; {@link Connectors} makes connectors of it or says what is wrong. */
@ConfigurationProperties(prefix = "intune", ignoreUnknownFields = false)
public record IntuneProperties(@DefaultValue Map<String, ConnectorProperties> connectors) {

    /**
     * {@code intune.connectors.<name>.*}.
     *
     * @param certificate PKCS#12 file, with or without {@code file:}
     * @param clientSecret its value, or {@code file:} and the path of a file that holds it
     * @param cloud preset of login and Graph address: global, us-gov-l4, us-gov-l5, china; or custom
     * @param loginEndpoint custom cloud only: Entra's address without the tenant
     * @param graphEndpoint custom cloud only: Graph's address without the version
     * @param sslBundle Spring SSL bundle whose trust store knows a private CA
     * @param clientSecretExpires the secret's last day, to be warned ahead; nobody else tells it
     * @param proxy on the way to Entra and Graph
     * @param actionCredential another application of the tenant, for actions only
     */
    public record ConnectorProperties(@Nullable String tenantId, @Nullable String clientId,
            @Nullable String authentication, @Nullable String certificate, @Nullable String certificatePassword,
            @Nullable String clientSecret, @DefaultValue("global") String cloud, @Nullable String loginEndpoint,
            @Nullable String graphEndpoint, @Nullable String sslBundle, @DefaultValue ScannerProperties scanner,
            @DefaultValue ActionProperties actions, @DefaultValue LimitProperties limits,
            @Nullable LocalDate clientSecretExpires, @Nullable ProxyProperties proxy,
            @Nullable ApplicationProperties actionCredential) {

        ApplicationProperties application() {
            return new ApplicationProperties(clientId, authentication, certificate, certificatePassword, clientSecret,
                    clientSecretExpires);
        }

        @Override
        public String toString() {
            return "ConnectorProperties[tenantId=" + tenantId + ", clientId=" + clientId + "]";
        }
    }

    /**
     * {@code scanner.*}.
     *
     * @param incrementalInterval from the end of one scan to the start of the next incremental one
     * @param fullInterval from the end of one full scan to the start of the next
     * @param pageSize rows per Graph page, 1 to 1,000 (Intune answers no more)
     * @param filter which of the tenant's devices are read
     * @param details whether each device is also read singly, for what Graph's list does not tell
     */
    public record ScannerProperties(@DefaultValue("15m") Duration incrementalInterval,
            @DefaultValue("24h") Duration fullInterval,
            @DefaultValue("1000") int pageSize, @DefaultValue FilterProperties filter,
            @DefaultValue("false") boolean details) {}

    /** {@code scanner.filter.*}: a device must have one of the values of each property that has any; see {@link DeviceFilter}. */
    public record FilterProperties(@DefaultValue List<String> operatingSystems,
            @DefaultValue List<String> manufacturers,
            @DefaultValue List<String> categories, @DefaultValue List<String> complianceStates,
            @DefaultValue List<String> managementAgents, @DefaultValue List<String> ownership) {}

    /**
     * {@code actions.*}.
     *
     * @param followUp first look at what became of an accepted action; each further look waits twice as long
     * @param followUpAtMost the longest wait between two looks
     * @param followFor a device that has not answered by then is taken for silent
     * @param enabled what may be done to devices: syncDevice, remoteLock, retire, wipe, sendNotification; all unless said
     * @param expireAfter an action that could not be sent by then is not sent any more, unless its order says otherwise
     * @param wipesPerDay in 24 hours, 1 to 500 (Intune's own limit per tenant)
     * @param retiresPerDay in 24 hours, 1 to 1,000 (Intune's own limit per tenant)
     * @param caps the most that this connector takes of what is destructive, whoever asks
     */
    public record ActionProperties(@DefaultValue("5s") Duration followUp,
            @DefaultValue("10m") Duration followUpAtMost, @DefaultValue("30d") Duration followFor,
            @DefaultValue({"syncDevice", "remoteLock", "retire", "wipe", "sendNotification"}) List<String> enabled,
            @DefaultValue("24h") Duration expireAfter, @DefaultValue("500") int wipesPerDay,
            @DefaultValue("1000") int retiresPerDay, @DefaultValue CapProperties caps) {}

    /** {@code actions.caps.*}: in any 10 minutes, and in any 24 hours; never above Intune's daily limits. */
    public record CapProperties(@DefaultValue("10") int wipesPer10m, @DefaultValue("50") int wipesPerDay,
            @DefaultValue("10") int retiresPer10m, @DefaultValue("50") int retiresPerDay) {}

    /** {@code proxy.*}. */
    public record ProxyProperties(@Nullable String host, @DefaultValue("0") int port, @Nullable String username,
            @Nullable String password) {
        @Override
        public String toString() {
            return "ProxyProperties[host=" + host + ", port=" + port + "]";
        }
    }

    /** {@code action-credential.*}: as the connector's own keys of these names. */
    public record ApplicationProperties(@Nullable String clientId, @Nullable String authentication,
            @Nullable String certificate, @Nullable String certificatePassword, @Nullable String clientSecret,
            @Nullable LocalDate clientSecretExpires) {
        @Override
        public String toString() {
            return "ApplicationProperties[clientId=" + clientId + "]";
        }
    }

    /**
     * {@code limits.*}: what all replicas together ask of Intune in any 20 seconds.
     *
     * @param writesPer20s actions; Intune allows an application 200
     * @param requestsPer20s everything, actions included; Intune allows an application 2,000
     */
    public record LimitProperties(@DefaultValue("190") int writesPer20s,
            @DefaultValue("1900") int requestsPer20s) {}
}
