package io.acmpintune.model;

import java.time.Duration;
import java.util.List;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.acmpintune.model.device.DeviceChanges;

/**
 * The connector-service's API under {@code /api/v1/connectors/{name}}. Its controllers implement this interface; the
 * workflow-engine's client is a proxy of it. Every call needs a bearer token. An error is a {@link
 * io.acmpintune.model.problem.Problem}: 400 invalid request, 401 missing or unknown token, 404 unknown connector or
 * resource, 409 idempotency key used for another request.
 */
@HttpExchange("/api/v1/connectors/{connector}")
public interface ConnectorApi {

    @GetExchange
    ConnectorStatus status(@PathVariable("connector") String connector);

    /** Returns how often the connector scans. */
    @GetExchange("/scanner")
    ScannerSettings scanner(@PathVariable("connector") String connector);

    /** Changes how often the connector scans, immediately and on all replicas; 400 lists every invalid interval. */
    @PutExchange("/scanner")
    ScannerSettings changeScanner(@PathVariable("connector") String connector,
            @RequestBody ScannerSettings.Change change);

    /** Returns the latest scans, at most 100, newest first. */
    @GetExchange("/scans")
    List<ConnectorStatus.Scan> scans(@PathVariable("connector") String connector);

    /** Starts a full scan now, unless one is running. */
    @PostExchange("/scans")
    ConnectorStatus startScan(@PathVariable("connector") String connector);

    /** Returns the credentials with which the connector signs in and their expiry; at most one hour old. */
    @GetExchange("/credentials")
    List<ExpiringCredential> credentials(@PathVariable("connector") String connector);

    /** Returns rows that cannot be parsed, at most 1,000, newest first. A row is removed once it can be parsed. */
    @GetExchange("/quarantine")
    List<QuarantinedDevice> quarantine(@PathVariable("connector") String connector);

    /** Returns held removals, decided or not, newest first. */
    @GetExchange("/removal-holds")
    List<RemovalHold> removalHolds(@PathVariable("connector") String connector);

    /** Decides a hold. Releasing it starts a full scan, which may remove the devices. */
    @PostExchange("/removal-holds/{id}/decision")
    RemovalHold decideRemovalHold(@PathVariable("connector") String connector, @PathVariable("id") long id,
            @RequestBody RemovalHold.Decision decision);

    /**
     * Returns the device feed after a revision; waits for a change if there is none.
     *
     * @param after the last revision read; 0 = from the start
     * @param limit maximum number of changes, 1 to 5,000
     * @param wait maximum time to wait for the first change, at most 60 s
     */
    @GetExchange("/devices/changes")
    DeviceChanges deviceChanges(@PathVariable("connector") String connector,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "1000") int limit,
            @RequestParam(name = "wait", defaultValue = "PT0S") Duration wait);
}
