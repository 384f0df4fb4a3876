package io.acmpintune.engine.safety;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditedConfiguration;
import io.acmpintune.engine.workflow.ConnectorClients;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.lane.Lanes;

/** The limits of the configuration, the lanes that push stops and end approvals, and the metric of locks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SafetyProperties.class)
class SafetyConfiguration {

    /** For what an emergency stop does not wait for. */
    private static final Executor ASIDE = Executors.newVirtualThreadPerTaskExecutor();

    @Bean
    SafetySettings safetySettings(SafetyProperties properties) {
        return properties.settings();
    }

    @Bean
    OrderExpiry orderExpiry(SafetyProperties properties) {
        return properties.orderExpiry();
    }

    @Bean
    ClockCheck clockCheck() {
        return new ClockCheck(InstantSource.system());
    }

    @Bean
    StopAudit stopAudit(StopRepository stops, Audit audit, TransactionOperations transactions) {
        return new StopAudit(stops, audit, transactions, ASIDE);
    }

    @Bean
    StopPushes stopPushes(PushRepository pushes, Workflows workflows, ConnectorClients connectors, Lanes lanes,
            JsonMapper json, InstantSource clock) {
        return new StopPushes(pushes,
                workflows.all()
                        .stream()
                        .map(workflow -> new StopPusher(workflow, connectors.stopsOf(workflow), pushes, json, clock))
                        .toList(),
                lanes, ASIDE);
    }

    @Bean
    Task<Void> stopLane(Lanes lanes, StopPushes pushes, StopAudit audit) {
        return lanes.define(StopPushes.LANE, pushes.lanes(audit));
    }

    @Bean
    Task<Void> approvalLane(Lanes lanes, Workflows workflows, Approvals approvals) {
        return lanes.define("expire-approvals",
                workflows.all().stream().collect(Collectors.toMap(Workflow::name, _ -> approvals::expire)));
    }

    /** {@code acmp_intune_safety_locked}: 1 while a workflow is locked, for alerting. */
    @Bean
    MeterBinder lockMetrics(Workflows workflows, CapRepository caps) {
        return registry -> workflows.all()
                .forEach(workflow -> Gauge
                        .builder("acmp.intune.safety.locked", caps,
                                locks -> locks.locked(workflow.name()).isPresent() ? 1 : 0)
                        .description("1 while disruptive and destructive actions are locked since a cap was reached")
                        .tag("workflow", workflow.name())
                        .register(registry));
    }

    @Bean
    AuditedConfiguration safetyFacts(SafetySettings settings, OrderExpiry expiry) {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("safety.approval.window", settings.window().toString());
        facts.put("safety.approval.expires-after", settings.expiresAfter().toString());
        facts.put("safety.expiry.destructive", expiry.destructive().toString());
        facts.put("safety.expiry.other", expiry.other().toString());
        facts.put("safety.approval.confirm-disruptive-above", Integer.toString(settings.confirmDisruptiveAbove()));
        facts.put("safety.approval.sics-destructive-threshold", Integer.toString(settings.sics().destructive()));
        facts.put("safety.approval.sics-disruptive-threshold", Integer.toString(settings.sics().disruptive()));
        put(facts, "wipe", settings.wipe());
        put(facts, "retire", settings.retire());
        put(facts, "mac-lock", settings.macLock());
        put(facts, "lock", settings.lock());
        put(facts, "notification", settings.notification());
        return () -> facts;
    }

    private static void put(Map<String, String> facts, String kind, SafetySettings.Limits limits) {
        facts.put("safety.approval." + kind + "-threshold", Integer.toString(limits.threshold()));
        facts.put("safety.caps." + kind + "s-per-10m", Integer.toString(limits.per10m()));
        facts.put("safety.caps." + kind + "s-per-day", Integer.toString(limits.perDay()));
    }
}
