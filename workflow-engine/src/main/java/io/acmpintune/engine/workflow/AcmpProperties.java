package io.acmpintune.engine.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** {@code acmp.*} as written; {@link Workflows} makes workflows of it or says what is wrong. */
@ConfigurationProperties(prefix = "acmp", ignoreUnknownFields = false)
public record AcmpProperties(@DefaultValue SicsProperties sics, @DefaultValue Map<String, ServerProperties> servers,
        @DefaultValue Map<String, WorkflowProperties> workflows) {

    /**
     * {@code acmp.sics.*}.
     *
     * @param sslBundle Spring SSL bundle whose trust store knows SICS's certificate authority
     * @param allowUnencrypted whether an http address is acceptable
     * @param dialect the file that says how SICS is spoken to; {@code classpath:} or a path
     * @param connectTimeout how long making a connection may take
     * @param readTimeout how long one call may take
     * @param replyTimeout how long ACMP may take to answer a command
     */
    public record SicsProperties(@Nullable String url, @Nullable String username, @Nullable String password,
            @Nullable String sslBundle, @DefaultValue("false") boolean allowUnencrypted,
            @DefaultValue("classpath:sics-dialect.yml") String dialect, @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("30s") Duration readTimeout, @DefaultValue("2m") Duration replyTimeout) {

        @Override
        public String toString() {
            return "SicsProperties[url=" + url + ", username=" + username + "]";
        }
    }

    /** {@code acmp.servers.<id>.*}: how the server is addressed on SICS. */
    public record ServerProperties(@Nullable String virtualRouter, @Nullable String routingKey) {}

    /**
     * {@code acmp.workflows.<name>.*}.
     *
     * @param connector name of the connector, as in the connector-service's configuration
     * @param connectorUrl address of the connector-service that runs it
     * @param connectorToken one of that service's API tokens
     * @param acmpServerId an id of {@code acmp.servers}, or {@code *} for all
     * @param ondemandDefinition name under which ACMP addresses the workflow
     * @param mapping the file that says which ACMP field gets which property
     * @param personalDevices what ACMP is told of personally owned devices
     * @param batchSize clients per message to ACMP
     * @param matching how it is decided which client a device is
     * @param lookUp before which clients are created ACMP is asked whether it has them
     * @param lookUpLines look-ups that are under way at once, per ACMP server
     * @param apply whether plans are applied by themselves, or when a person asks for a run
     * @param deleteRemovedAfter how long after its device left Intune a client that we created is deleted in ACMP; unset = never
     * @param gather how long no further change must have come before a few are told, so that those of one scan become few messages
     * @param takeQueryActions whether query actions are taken over SICS, from the target named after the on-demand definition
     * @param ondemandVirtualRouter the virtual router in which that target is; null = named after the definition
     * @param ondemandRoutingKey the routing key that leads to it; null = named after the definition
     */
    public record WorkflowProperties(@Nullable String connector, @Nullable String connectorUrl,
            @Nullable String connectorToken, @DefaultValue("*") String acmpServerId,
            @Nullable String ondemandDefinition,
            @DefaultValue("classpath:mapping/mobile-devices.yml") String mapping,
            @DefaultValue PersonalDataPolicy personalDevices, @DefaultValue("200") int batchSize,
            @DefaultValue MatchingProperties matching,
            @DefaultValue("all") Publishing.LookUp lookUp,
            @DefaultValue("4") int lookUpLines, @DefaultValue("automatic") Publishing.Apply apply,
            @Nullable Duration deleteRemovedAfter, @DefaultValue GuardProperties guards,
            @DefaultValue("5s") Duration gather,
            @DefaultValue("false") boolean takeQueryActions, @Nullable String ondemandVirtualRouter,
            @Nullable String ondemandRoutingKey) {

        /**
         * {@code acmp.workflows.<name>.matching.*}: how it is decided which client a device is.
         *
         * @param rules the rules that count, in their order; empty = all
         * @param junkSerials serial numbers that say nothing, beside the built-in ones
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
     * @param createAtMost clients that are created in an ACMP server within an hour without asking
     */
    public record GuardProperties(@DefaultValue("100000") int createAtMost) {}
}
