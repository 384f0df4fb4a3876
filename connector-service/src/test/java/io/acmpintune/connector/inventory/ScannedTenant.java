package io.acmpintune.connector.inventory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.connector.tenant.Endpoints;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.runtime.lane.LaneRuns;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;

/** A simulated tenant, a real database, and the lanes of one connector between them, run by hand. */
final class ScannedTenant implements AutoCloseable {

    static final String LIST = "GET /v1.0/deviceManagement/managedDevices";
    static final String SINGLE = "GET /v1.0/deviceManagement/managedDevices/{id}";

    final ConnectorDatabase database = ConnectorDatabase.empty();
    final DeviceRepository devices = new DeviceRepository(database.jdbc(), JsonMapper.shared());
    final ScanRepository scans = new ScanRepository(database.jdbc(), JsonMapper.shared());
    final AbsenceRepository absences = new AbsenceRepository(database.jdbc());
    final DetailRepository details = new DetailRepository(database.jdbc(), JsonMapper.shared());
    final Simulator microsoft;
    private final SslBundle trust;
    private Scanner scanner;
    private DetailReader detailReader;
    private Duration later = Duration.ZERO;

    private ScannedTenant(Simulator microsoft, DeviceFilter filter) {
        this.microsoft = microsoft;
        this.trust = SslBundle.of(new PemSslStoreBundle(null,
                PemSslStoreDetails.forCertificate("file:" + microsoft.access().ca())));
        Connector connector = connector(filter);
        this.scanner = scanner(connector);
        this.detailReader = detailReader(connector);
    }

    /** Pages hold 50 devices. */
    static ScannedTenant start(int devices, DeviceFilter filter) {
        try {
            return new ScannedTenant(Simulator.start(SimulatorOptions.defaults().withDevices(devices)), filter);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The service starts anew with another filter. */
    void filter(DeviceFilter filter) {
        scanner = scanner(connector(filter));
        detailReader = detailReader(connector(filter));
    }

    void passes(Duration time) {
        later = later.plus(time);
    }

    Instant now() {
        return Instant.now().plus(later);
    }

    /** A full scan, now. */
    Scan scan() {
        scans.requestFullScan(CONNECTOR);
        return look();
    }

    /** What the lane finds to do by itself. */
    Scan look() {
        runLane(database.transactions());
        return newest();
    }

    Scan newest() {
        return scans.newest(CONNECTOR, 1).getFirst();
    }

    Duration runLane(TransactionOperations transactions) {
        return scanner.run(LaneRuns.begin(database.jdbc(), transactions, "scan", CONNECTOR, () -> false));
    }

    Duration readDetails() {
        return detailReader.run(
                LaneRuns.begin(database.jdbc(), database.transactions(), "read-details", CONNECTOR, () -> false));
    }

    long revision() {
        return devices.feed(CONNECTOR).revision();
    }

    List<DeviceChange> changesAfter(long revision) {
        return devices.changes(CONNECTOR, revision, 5_000);
    }

    int count() {
        return devices.count(CONNECTOR);
    }

    void change(String device, Map<String, String> values) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        values.forEach(node::put);
        microsoft.tenant().change(device, node);
    }

    private Connector connector(DeviceFilter filter) {
        URI where = URI.create(microsoft.httpsUrl());
        return new Connector(CONNECTOR, microsoft.access().tenantId(), microsoft.access().clientId(),
                new Credential.ClientSecret(microsoft.access().clientSecret()), new Endpoints(where, where), null,
                new Connector.ScanSettings(new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24)), 50, filter,
                        true),
                new Connector.FollowUp(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(30)),
                FakeMicrosoft.ACTIONS);
    }

    private Scanner scanner(Connector connector) {
        Graph graph = graph(connector);
        return new Scanner(connector, graph, new AbsenceCheck(connector, graph, absences, clock()), devices, scans,
                new FeedSignal(), JsonMapper.shared(), clock());
    }

    private DetailReader detailReader(Connector connector) {
        return new DetailReader(connector, graph(connector), details, new FeedSignal(), clock());
    }

    private Graph graph(Connector connector) {
        return new Graph(connector,
                new Graph.Access(new AccessTokens(connector, trust, clock()), database.budget(connector)), null, trust,
                JsonMapper.shared(), clock());
    }

    private InstantSource clock() {
        return this::now;
    }

    @Override
    public void close() throws IOException {
        microsoft.close();
    }
}
