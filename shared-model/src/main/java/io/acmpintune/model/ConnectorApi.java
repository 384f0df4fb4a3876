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
 * What connector-service offers under {@code /api/v1/connectors/{name}}: its controllers implement this interface,
 * workflow-engine's client is a proxy of it. Every call needs a bearer token. An error is a
 * {@link io.acmpintune.model.problem.Problem}: 401 no or wrong token, 404 unknown connector or thing, 400 what cannot be
 * read, 409 an idempotency key used for something else.
 */
@HttpExchange("/api/v1/connectors/{connector}")
public interface ConnectorApi {

    @GetExchange
    ConnectorStatus status(@PathVariable("connector") String connector);

    /** How often the connector scans. */
    @GetExchange("/scanner")
    ScannerSettings scanner(@PathVariable("connector") String connector);

    /** Changes how often the connector scans, at once and on all replicas; 400 names every wrong interval. */
    @PutExchange("/scanner")
    ScannerSettings changeScanner(@PathVariable("connector") String connector,
            @RequestBody ScannerSettings.Change change);

    /** The newest scans, at most 100, the newest first. */
    @GetExchange("/scans")
    List<ConnectorStatus.Scan> scans(@PathVariable("connector") String connector);

    /** Starts a full scan now; one that runs already goes on, and no second one is started. */
    @PostExchange("/scans")
    ConnectorStatus startScan(@PathVariable("connector") String connector);

    /** The credentials with which the connector signs in, and when they expire, as it looked within the last hour. */
    @GetExchange("/credentials")
    List<ExpiringCredential> credentials(@PathVariable("connector") String connector);

    /** Rows that could not be taken as devices, at most 1,000, the newest first; a row that comes right leaves. */
    @GetExchange("/quarantine")
    List<QuarantinedDevice> quarantine(@PathVariable("connector") String connector);

    /** Removals that wait, or waited, for an operator, the newest first. */
    @GetExchange("/removal-holds")
    List<RemovalHold> removalHolds(@PathVariable("connector") String connector);

    /** Decides a hold: released, the next full scan, which starts at once, may remove its devices. */
    @PostExchange("/removal-holds/{id}/decision")
    RemovalHold decideRemovalHold(@PathVariable("connector") String connector, @PathVariable("id") long id,
            @RequestBody RemovalHold.Decision decision);

    /**
     * The device feed behind a revision. Answers at once when there is a change, else waits for one.
     *
     * @param after the revision read last; 0 = from the start
     * @param limit changes at most, 1 to 5,000
     * @param wait how long to wait for the first change, at most 60 s
     */
    @GetExchange("/devices/changes")
    DeviceChanges deviceChanges(@PathVariable("connector") String connector,
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "limit", defaultValue = "1000") int limit,
            @RequestParam(name = "wait", defaultValue = "PT0S") Duration wait);
}
