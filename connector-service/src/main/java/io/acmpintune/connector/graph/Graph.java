package io.acmpintune.connector.graph;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.RequestBudget;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.DeviceFilter;

/** Access of one connector to its Intune tenant through Microsoft Graph. Safe for use by many threads. */
public final class Graph {

    private final GraphTransport readTransport;
    private final GraphTransport actionTransport;
    private final PageFetcher pages;
    private final GraphDevices devices;
    private final GraphActions actions;
    private final GraphApprovals approvals;

    /** Credentials and budget of one application. */
    public record Access(AccessTokens tokens, RequestBudget budget) {}

    /** @param actionAccess null = actions use {@code readAccess} */
    public Graph(Connector connector, Access readAccess, @Nullable Access actionAccess, @Nullable SslBundle tls,
            JsonMapper json, InstantSource clock) {
        this.readTransport = new GraphTransport(connector, readAccess.tokens(), tls,
                new CircuitBreaker(connector.name(), clock));
        this.actionTransport = actionAccess == null
                ? readTransport
                : new GraphTransport(connector.forActions(), actionAccess.tokens(), tls,
                        new CircuitBreaker(connector.forActions().name(), clock));
        RequestBudget actionBudget = actionAccess == null ? readAccess.budget() : actionAccess.budget();
        GraphErrorReader errors = new GraphErrorReader(json);
        String root = connector.endpoints().graph().toString();
        BatchReader batches = new BatchReader(
                new BatchSender(root, readTransport, json, errors, clock, readAccess.budget()), errors, clock,
                readAccess.budget());
        this.pages = new PageFetcher(new PageReader(json), errors, clock, readAccess.budget(), RetryDelays.READING);
        this.devices = new GraphDevices(batches, json);
        this.actions = new GraphActions(actionTransport,
                new BatchSender(root, actionTransport, json, errors, clock, actionBudget), json, errors, actionBudget);
        this.approvals = new GraphApprovals(batches, json);
    }

    /** Reads single devices. */
    public GraphDevices devices() {
        return devices;
    }

    /** Submits device actions. */
    public GraphActions actions() {
        return actions;
    }

    /** Reads Intune's approval requests. */
    public GraphApprovals approvals() {
        return approvals;
    }

    /** Returns the circuit breaker of reads, and of actions if the same application sends them. */
    public CircuitBreaker readCircuit() {
        return readTransport.circuitBreaker();
    }

    /** Returns the circuit breaker of actions; empty if the reading application sends them. */
    public Optional<CircuitBreaker> actionCircuit() {
        return actionTransport == readTransport ? Optional.empty() : Optional.of(actionTransport.circuitBreaker());
    }

    /** Trusts the changed bundle from the next connection on. */
    public void updateTrust(SslBundle tls) {
        readTransport.updateTrust(tls);
        if (actionTransport != readTransport) {
            actionTransport.updateTrust(tls);
        }
    }

    /** Starts listing the devices that match the filter; Graph may return others as well. */
    public DevicePages list(int pageSize, DeviceFilter filter) {
        return new DevicePages(readTransport, pages, pageSize, ListFilter.of(filter, null));
    }

    /**
     * Starts listing the devices that match the filter and checked in after a moment. Graph may silently ignore a filter and return
     * others as well.
     */
    public DevicePages listCheckedInAfter(Instant after, int pageSize, DeviceFilter filter) {
        return new DevicePages(readTransport, pages, pageSize, ListFilter.of(filter, after));
    }
}
