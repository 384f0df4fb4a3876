package io.acmpintune.connector.tenant;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** {@code intune.*}. {@link Connectors} validates it and creates connectors. */
@ConfigurationProperties(prefix = "intune", ignoreUnknownFields = false)
public record IntuneProperties(@DefaultValue Map<String, ConnectorProperties> connectors) {

    /** A blank text is valid here: {@code @NotBlank} refuses it. */
    private static final String GUID = "\\s*|\\s*\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\s*";
    private static final String SET_TENANT_ID = ". Set the Directory (tenant) ID that Entra shows on the application's overview page";
    private static final String SET_CLIENT_ID = ". Set the Application (client) ID that Entra shows on the application's overview page";
    private static final String NOT_A_GUID = "'${validatedValue}' is not a GUID";
    private static final String TOO_SHORT = "${validatedValue} is too short. Set ";
    private static final String TOO_LONG = "${validatedValue} is too long. Set 366d or less, or leave the key out";
    private static final String OR_MORE = " or more, or leave the key out";
    private static final String CAP = "${validatedValue} is out of range. Set {min} to {max}, or leave the key out";
    private static final String DAILY = "${validatedValue} is not a number of actions that Intune accepts in a day."
            + " Set {min} to {max}, or leave the key out";

    /**
     * {@code intune.connectors.<name>.*}.
     *
     * @param certificate PKCS#12 file, with or without {@code file:}
     * @param clientSecret the secret's value, or {@code file:} and the path of a file that contains it
     * @param cloud preset of the Entra and Graph addresses: global, us-gov-l4, us-gov-l5, china; or custom
     * @param loginEndpoint Entra's address without the tenant, for cloud custom
     * @param graphEndpoint Graph's address without the version, for cloud custom
     * @param sslBundle Spring SSL bundle whose trust store contains a private CA
     * @param clientSecretExpires the secret's last day of validity, for warnings; Entra does not report it
     * @param proxy proxy to Entra and Graph
     * @param actionCredential another application of the tenant that only sends actions
     */
    public record ConnectorProperties(
            @NotBlank(message = "is missing" + SET_TENANT_ID) @Pattern(regexp = GUID, message = NOT_A_GUID
                    + SET_TENANT_ID) @Nullable String tenantId,
            @NotBlank(message = "is missing" + SET_CLIENT_ID) @Pattern(regexp = GUID, message = NOT_A_GUID
                    + SET_CLIENT_ID) @Nullable String clientId,
            @Nullable String authentication, @Nullable String certificate, @Nullable String certificatePassword,
            @Nullable String clientSecret, @DefaultValue("global") String cloud, @Nullable String loginEndpoint,
            @Nullable String graphEndpoint, @Nullable String sslBundle, @DefaultValue @Valid ScannerProperties scanner,
            @DefaultValue @Valid ActionProperties actions, @DefaultValue @Valid LimitProperties limits,
            @Nullable LocalDate clientSecretExpires, @Nullable ProxyProperties proxy,
            @Valid @Nullable ApplicationProperties actionCredential) {

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
     * @param incrementalInterval from the end of a scan to the start of the next incremental one
     * @param fullInterval from the end of a full scan to the start of the next one
     * @param pageSize rows per Graph page, 1 to 1,000 (Intune's maximum)
     * @param filter selects the devices to read
     * @param details whether to also read the properties that Graph returns only for single devices
     */
    public record ScannerProperties(
            @DefaultValue("15m") @DurationMin(seconds = 10, message = TOO_SHORT + "10s"
                    + OR_MORE) @DurationMax(days = 366, message = TOO_LONG) Duration incrementalInterval,
            @DefaultValue("24h") @DurationMin(minutes = 1, message = TOO_SHORT + "60s"
                    + OR_MORE) @DurationMax(days = 366, message = TOO_LONG) Duration fullInterval,
            @DefaultValue("1000") @Range(min = 1, max = 1000, message = "${validatedValue} is not a page size that Intune supports."
                    + " Set {min} to {max}, or leave the key out") int pageSize,
            @DefaultValue FilterProperties filter, @DefaultValue("false") boolean details) {}

    /** {@code scanner.filter.*}: a device must have one of the values of each property that is set; see {@link DeviceFilter}. */
    public record FilterProperties(@DefaultValue List<String> operatingSystems,
            @DefaultValue List<String> manufacturers,
            @DefaultValue List<String> categories, @DefaultValue List<String> complianceStates,
            @DefaultValue List<String> managementAgents, @DefaultValue List<String> ownership) {}

    /**
     * {@code actions.*}.
     *
     * @param followUp pause before the first check of an accepted action's device; doubles with each check
     * @param followUpAtMost longest pause between two checks
     * @param followFor after this time, a device that has not responded counts as failed
     * @param enabled allowed actions: syncDevice, remoteLock, retire, wipe, sendNotification; all by default
     * @param expireAfter how long an action may wait to be sent, unless its order says otherwise
     * @param wipesPerDay wipes in 24 hours, 1 to 500 (Intune's limit per tenant)
     * @param retiresPerDay retires in 24 hours, 1 to 1,000 (Intune's limit per tenant)
     * @param caps limits on disruptive and destructive actions of this connector, whoever orders them
     */
    public record ActionProperties(
            @DefaultValue("5s") @DurationMin(seconds = 1, message = TOO_SHORT + "1s" + OR_MORE) Duration followUp,
            @DefaultValue("10m") Duration followUpAtMost,
            @DefaultValue("30d") @DurationMin(minutes = 1, message = TOO_SHORT + "60s" + OR_MORE) Duration followFor,
            @DefaultValue({"syncDevice", "remoteLock", "retire", "wipe", "sendNotification"}) List<String> enabled,
            @DefaultValue("24h") @DurationMin(seconds = 10, message = TOO_SHORT + "10s" + OR_MORE) Duration expireAfter,
            @DefaultValue("500") @Range(min = 1, max = 500, message = DAILY) int wipesPerDay,
            @DefaultValue("1000") @Range(min = 1, max = 1000, message = DAILY) int retiresPerDay,
            @DefaultValue @Valid CapProperties caps) {}

    /** {@code actions.caps.*}: limits in any 10 minutes and in any 24 hours; those of wipes and retires are at most Intune's daily limits. */
    public record CapProperties(@DefaultValue("10") @Range(min = 1, max = 500, message = DAILY) int wipesPer10m,
            @DefaultValue("50") @Range(min = 1, max = 500, message = DAILY) int wipesPerDay,
            @DefaultValue("10") @Range(min = 1, max = 1000, message = DAILY) int retiresPer10m,
            @DefaultValue("50") @Range(min = 1, max = 1000, message = DAILY) int retiresPerDay,
            @DefaultValue("10") @Range(min = 1, max = 100_000, message = CAP) int macLocksPer10m,
            @DefaultValue("50") @Range(min = 1, max = 100_000, message = CAP) int macLocksPerDay,
            @DefaultValue("200") @Range(min = 1, max = 100_000, message = CAP) int locksPer10m,
            @DefaultValue("1000") @Range(min = 1, max = 100_000, message = CAP) int locksPerDay,
            @DefaultValue("200") @Range(min = 1, max = 100_000, message = CAP) int notificationsPer10m,
            @DefaultValue("1000") @Range(min = 1, max = 100_000, message = CAP) int notificationsPerDay) {}

    /** {@code proxy.*}. */
    public record ProxyProperties(@Nullable String host, @DefaultValue("0") int port, @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return "ProxyProperties[host=" + host + ", port=" + port + "]";
        }
    }

    /** {@code action-credential.*}: same meaning as the connector's keys of these names. */
    public record ApplicationProperties(
            @NotBlank(message = "is missing" + SET_CLIENT_ID) @Pattern(regexp = GUID, message = NOT_A_GUID
                    + SET_CLIENT_ID) @Nullable String clientId,
            @Nullable String authentication, @Nullable String certificate, @Nullable String certificatePassword,
            @Nullable String clientSecret, @Nullable LocalDate clientSecretExpires) {

        @Override
        public String toString() {
            return "ApplicationProperties[clientId=" + clientId + "]";
        }
    }

    /**
     * {@code limits.*}: requests of all replicas together to Intune in any 20 seconds.
     *
     * @param writesPer20s actions; Intune allows an application 200
     * @param requestsPer20s all requests including actions; Intune allows an application 2,000
     */
    public record LimitProperties(
            @DefaultValue("190") @Min(value = 20, message = LimitProperties.TOO_LOW + "20 to 200"
                    + LimitProperties.OR_OMIT) @Max(value = 200, message = "${validatedValue} is more than the 200 that Intune allows an application."
                            + " Set 20 to 200" + LimitProperties.OR_OMIT) int writesPer20s,
            @DefaultValue("1900") @Min(value = 20, message = LimitProperties.TOO_LOW + "20 to 2000"
                    + LimitProperties.OR_OMIT) @Max(value = 2000, message = "${validatedValue} is more than the 2000 that Intune allows an application."
                            + " Set 20 to 2000" + LimitProperties.OR_OMIT) int requestsPer20s) {

        private static final String TOO_LOW = "${validatedValue} would delay one batch of actions for more than 20 seconds. Set ";
        private static final String OR_OMIT = ", or leave the key out";
    }
}
