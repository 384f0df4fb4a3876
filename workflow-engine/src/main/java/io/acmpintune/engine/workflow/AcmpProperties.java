package io.acmpintune.engine.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.acmpintune.runtime.startup.HttpAddress;

/**
 * {@code acmp.*} as written. {@link Workflows} and {@link SicsSettings} check it, so that one start reports violated constraints
 * and faults across properties together.
 *
 * @param servers by id
 * @param workflows by name
 */
@ConfigurationProperties(prefix = "acmp", ignoreUnknownFields = false)
public record AcmpProperties(@DefaultValue SicsProperties sics,
        @NotEmpty(message = NO_SERVER) @DefaultValue Map<@Pattern(regexp = NAME, message = SERVER_ID) String, @Valid ServerProperties> servers,
        @NotEmpty(message = NO_WORKFLOW) @DefaultValue Map<@Pattern(regexp = NAME, message = WORKFLOW_NAME) String, @Valid WorkflowProperties> workflows) {

    private static final String NAME = "[A-Za-z0-9_-]{1,64}";
    private static final String NO_SERVER = "no ACMP server is configured."
            + " Name at least one, such as ACMP-1, with virtual-router and routing-key";
    private static final String SERVER_ID = "is not a server's id. Use 1 to 64 letters, digits, '_' or '-'";
    private static final String NO_WORKFLOW = "no workflow is configured."
            + " Name at least one, such as IntuneMobileDevices_1, with connector, connector-url and connector-tokens";
    private static final String WORKFLOW_NAME = "is not a workflow's name."
            + " Use 1 to 64 letters, digits, '_' or '-', such as IntuneMobileDevices_1";
    private static final String SHOWN_BY_ACMP = "is missing."
            + " Set it to the value shown in ACMP's SICS settings or in the AESB console";

    /**
     * {@code acmp.sics.*}.
     *
     * @param sslBundle Spring SSL bundle whose trust store holds the certificate authority of SICS
     * @param allowUnencrypted whether an http address is acceptable
     * @param dialect the dialect file of SICS; {@code classpath:} or a path
     * @param connectTimeout longest time to connect
     * @param readTimeout longest time of one call
     * @param replyTimeout longest time until ACMP replies to a command
     */
    public record SicsProperties(
            @NotBlank(message = "is missing. Set SICS's address, such as https://sics.example.com:3900") @Nullable String url,
            @NotBlank(message = "is missing. Set the SICS user's name") @Nullable String username,
            @NotBlank(message = "is missing. Set the SICS user's password, best from a secret file") @Nullable String password,
            @Nullable String sslBundle, @DefaultValue("false") boolean allowUnencrypted,
            @DefaultValue("classpath:sics-dialect.yml") String dialect,
            @DurationMin(inclusive = false, message = POSITIVE) @DefaultValue("5s") Duration connectTimeout,
            @DurationMin(inclusive = false, message = POSITIVE) @DefaultValue("30s") Duration readTimeout,
            @DurationMin(inclusive = false, message = POSITIVE) @DefaultValue("2m") Duration replyTimeout) {

        private static final String POSITIVE = "${validatedValue} is not positive. Set a time above zero, such as 30s";

        @Override
        public String toString() {
            return "SicsProperties[url=" + url + ", username=" + username + "]";
        }
    }

    /** {@code acmp.servers.<id>.*}: the address of the server on SICS. */
    public record ServerProperties(@NotBlank(message = SHOWN_BY_ACMP) @Nullable String virtualRouter,
            @NotBlank(message = SHOWN_BY_ACMP) @Nullable String routingKey) {}

    /**
     * {@code acmp.workflows.<name>.*}.
     *
     * @param connector name of the connector, as in the connector-service's configuration
     * @param connectorUrl address of the connector-service that runs it
     * @param connectorTokens that service's API tokens, one for each use
     * @param connectorSslBundle Spring SSL bundle for an https address: the trusted authority, and the engine's certificate for
     *            mutual TLS
     * @param acmpServerId an id of {@code acmp.servers}, or {@code *} for all
     * @param ondemandDefinition name by which ACMP addresses the workflow; null = the workflow's own name
     * @param mapping the mapping file; {@code classpath:} or a path
     * @param personalDevices which personal data of personally owned devices is published
     * @param batchSize clients per message to ACMP
     * @param lookUp which clients are looked up in ACMP before they are created
     * @param lookUpLines look-ups in progress at the same time, per ACMP server
     * @param apply whether plans are applied automatically or on request
     * @param deleteRemovedAfter how long after its device left Intune a client that we created is deleted in ACMP; null = never
     * @param gather quiet time before a few changes are published, so that the changes of one scan make few messages
     * @param takeQueryActions whether query actions are accepted over SICS
     * @param ondemandVirtualRouter virtual router at which query actions arrive; null = named after the definition
     * @param ondemandRoutingKey routing key that leads to their target; null = named after the definition
     */
    public record WorkflowProperties(
            @NotBlank(message = "is missing. Set the name of the connector that it reads, such as IntuneConnector_1") @Nullable String connector,
            @NotBlank(message = "is missing. "
                    + CONNECTOR_URL) @HttpAddress(message = "'${validatedValue}' is not an http or https address. "
                            + CONNECTOR_URL) @Nullable String connectorUrl,
            @Valid @DefaultValue ConnectorTokenProperties connectorTokens, @Nullable String connectorSslBundle,
            @DefaultValue("*") String acmpServerId, @Nullable String ondemandDefinition,
            @DefaultValue("classpath:mapping/mobile-devices.yml") String mapping,
            @DefaultValue PersonalDataPolicy personalDevices,
            @Range(min = 1, max = 1_000) @DefaultValue("200") int batchSize, @DefaultValue MatchingProperties matching,
            @DefaultValue("all") Publishing.LookUp lookUp,
            @Range(min = 1, max = 32) @DefaultValue("4") int lookUpLines,
            @DefaultValue("automatic") Publishing.Apply apply,
            @DurationMin(days = 1, message = "${validatedValue} is too short. Set at least 1d, such as 30d, or leave the key out to delete"
                    + " nothing") @Nullable Duration deleteRemovedAfter,
            @Valid @DefaultValue GuardProperties guards,
            @DurationMin(message = QUIET) @DurationMax(minutes = 1, message = QUIET) @DefaultValue("5s") Duration gather,
            @DefaultValue("false") boolean takeQueryActions, @Nullable String ondemandVirtualRouter,
            @Nullable String ondemandRoutingKey) {

        private static final String CONNECTOR_URL = "Set the connector-service's address, such as http://connector-service:8081";
        private static final String QUIET = "${validatedValue} is out of range. Set 0s to 1m, or leave the key out for 5s";

        /**
         * {@code acmp.workflows.<name>.connector-tokens.*}.
         *
         * @param reading a token with the role viewer
         * @param acting a token with the role operator
         * @param stopping a token with the role stopper
         * @param lifting a token with the role lifter
         */
        public record ConnectorTokenProperties(@NotBlank(message = TOKEN + "viewer") @Nullable String reading,
                @NotBlank(message = TOKEN + "operator") @Nullable String acting,
                @NotBlank(message = TOKEN + "stopper") @Nullable String stopping,
                @NotBlank(message = TOKEN + "lifter") @Nullable String lifting) {

            private static final String TOKEN = "is missing. Set the token, best from a secret file, that connector.api.tokens of the"
                    + " connector-service lists with the role ";

            @Override
            public String toString() {
                return "ConnectorTokenProperties[…]";
            }
        }

        /**
         * {@code acmp.workflows.<name>.matching.*}.
         *
         * @param rules the matching rules in use, in their order; empty = all
         * @param junkSerials serial numbers that identify no device, in addition to the built-in ones
         */
        public record MatchingProperties(@DefaultValue List<String> rules, @DefaultValue List<String> junkSerials) {
            public MatchingProperties {
                rules = List.copyOf(rules);
                junkSerials = List.copyOf(junkSerials);
            }
        }

        @Override
        public String toString() {
            return "WorkflowProperties[connector=" + connector + ", connectorUrl=" + connectorUrl + "]";
        }
    }

    /**
     * {@code acmp.workflows.<name>.guards.*}.
     *
     * @param createAtMost clients created in an ACMP server within an hour without approval
     */
    public record GuardProperties(@Range(min = 0, max = Integer.MAX_VALUE) @DefaultValue("100000") int createAtMost) {}
}
