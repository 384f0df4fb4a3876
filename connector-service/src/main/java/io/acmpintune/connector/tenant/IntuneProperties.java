package io.acmpintune.connector.tenant;

import java.time.Duration;
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
     * @param cloud preset of login and Graph address: global, us-gov-l4, us-gov-l5, china; or custom
     * @param loginEndpoint custom cloud only: Entra's address without the tenant
     * @param graphEndpoint custom cloud only: Graph's address without the version
     * @param sslBundle Spring SSL bundle whose trust store knows a private CA
     */
    public record ConnectorProperties(@Nullable String tenantId, @Nullable String clientId,
            @Nullable String authentication, @Nullable String certificate, @Nullable String certificatePassword,
            @Nullable String clientSecret, @DefaultValue("global") String cloud, @Nullable String loginEndpoint,
            @Nullable String graphEndpoint, @Nullable String sslBundle, @DefaultValue ScannerProperties scanner,
            @DefaultValue ActionProperties actions, @DefaultValue LimitProperties limits) {

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
     */
    public record ScannerProperties(@DefaultValue("15m") Duration incrementalInterval,
            @DefaultValue("24h") Duration fullInterval,
            @DefaultValue("1000") int pageSize) {}

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
     */
    public record ActionProperties(@DefaultValue("5s") Duration followUp,
            @DefaultValue("10m") Duration followUpAtMost, @DefaultValue("30d") Duration followFor,
            @DefaultValue({"syncDevice", "remoteLock", "retire", "wipe", "sendNotification"}) List<String> enabled,
            @DefaultValue("24h") Duration expireAfter, @DefaultValue("500") int wipesPerDay,
            @DefaultValue("1000") int retiresPerDay) {}

    /**
     * {@code limits.*}: what all replicas together ask of Intune in any 20 seconds.
     *
     * @param writesPer20s actions; Intune allows an application 200
     * @param requestsPer20s everything, actions included; Intune allows an application 2,000
     */
    public record LimitProperties(@DefaultValue("190") int writesPer20s,
            @DefaultValue("1900") int requestsPer20s) {}
}
