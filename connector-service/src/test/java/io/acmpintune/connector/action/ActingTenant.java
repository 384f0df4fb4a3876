package io.acmpintune.connector.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.graph.Graph;
import io.acmpintune.connector.inventory.FeedSignal;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.connector.tenant.Credential;
import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.connector.tenant.Endpoints;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.ExpectedDevice;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.OwnerType;
import io.acmpintune.runtime.database.UrgentDatabase;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.lane.LaneRuns;
import io.acmpintune.runtime.secret.UnlockCodeCipher;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;

/** A simulated tenant, a real database, and the send lane of one connector between them, run by hand. */
final class ActingTenant implements AutoCloseable {

    static final String SINGLE = "GET /v1.0/deviceManagement/managedDevices/{id}";

    final Simulator microsoft;
    final TestClock clock = TestClock.running();
    final Connector connector;
    private ConnectorDatabase database = ConnectorDatabase.empty();
    private final SslBundle trust;
    private final Set<String> given = new HashSet<>();

    private ActingTenant(Simulator microsoft) {
        this.microsoft = microsoft;
        this.trust = SslBundle.of(new PemSslStoreBundle(null,
                PemSslStoreDetails.forCertificate("file:" + microsoft.access().ca())));
        URI where = URI.create(microsoft.httpsUrl());
        this.connector = new Connector(CONNECTOR, microsoft.access().tenantId(), microsoft.access().clientId(),
                new Credential.ClientSecret(microsoft.access().clientSecret()), new Endpoints(where, where), null,
                new Connector.ScanSettings(new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24)), 50,
                        DeviceFilter.NONE, true),
                new Connector.FollowUp(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(30)),
                FakeMicrosoft.ACTIONS);
    }

    static ActingTenant start() {
        try {
            return new ActingTenant(Simulator.start(SimulatorOptions.defaults().withDevices(150)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets every action. */
    void reset() {
        database = ConnectorDatabase.empty();
    }

    ConnectorDatabase database() {
        return database;
    }

    ActionRepository actions() {
        return new ActionRepository(database.jdbc(), JsonMapper.shared());
    }

    ActionStopRepository stops() {
        return new ActionStopRepository(database.jdbc(), new UrgentDatabase(database.jdbc()));
    }

    ActionStops stopping() {
        return new ActionStops(stops(), actions(), database.transactions(), new FeedSignal(), clock, Runnable::run);
    }

    /** Returns another phone each time, because actions change a phone. Phones of earlier tests may leave at any time. */
    DeviceId phone() {
        String id = microsoft.tenant()
                .ids()
                .stream()
                // the first devices have unusual properties
                .skip(6)
                .filter(candidate -> microsoft.tenant()
                        .device(candidate)
                        .filter(row -> "iOS".equals(row.path("operatingSystem").asString("")))
                        .isPresent())
                .filter(given::add)
                .findFirst()
                .orElseThrow();
        return new DeviceId(id);
    }

    ExpectedDevice seen(DeviceId device) {
        JsonNode row = row(device.value());
        return new ExpectedDevice(row.path("serialNumber").asString(""), row.path("deviceName").asString(""),
                row.path("userPrincipalName").asString(""),
                new OwnerType(row.path("managedDeviceOwnerType").asString("")));
    }

    private JsonNode row(String id) {
        return microsoft.tenant().device(id).orElseThrow();
    }

    void change(DeviceId device, String property, String value) {
        microsoft.tenant().change(device.value(), JsonMapper.shared().createObjectNode().put(property, value));
    }

    static ActionCommand wipe(DeviceId device, @Nullable ExpectedDevice expected, String origin) {
        return new ActionCommand(ActionKind.WIPE, device, "anna", null, null, new WipeOptions(false, false, true, null),
                null, origin, expected);
    }

    /** A wipe as ordered by an operator who sees the device as it is. */
    DeviceAction wipe(DeviceId device) {
        return queue(wipe(device, seen(device), "Workflow_1"));
    }

    DeviceAction queue(ActionCommand command) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        database.transactions()
                .executeWithoutResult(_ -> actions().add(CONNECTOR, new ActionRepository.NewAction(id, id.toString(),
                        command, Impact.greatest(command.kind()), now.plus(Duration.ofDays(1)), null, null), now));
        return now(id);
    }

    DeviceAction now(UUID action) {
        return actions().find(CONNECTOR, action).orElseThrow();
    }

    /** One run of the lane, until nothing is due. */
    void send() {
        Graph graph = graph();
        new ActionSender(connector, graph, actions(), submitter(graph, clock), new FeedSignal(), clock).run(lane());
    }

    /** Submits what is due, once, by this time. */
    void submit(InstantSource time, DeviceAction action) {
        List<StoredAction> due = actions().in(CONNECTOR, action.state());
        submitter(graph(), time).submit(due, null, lane());
    }

    LaneRun lane() {
        return LaneRuns.begin(database.jdbc(), database.transactions(), ActionConfiguration.SEND, CONNECTOR,
                () -> false);
    }

    private ActionSubmitter submitter(Graph graph, InstantSource time) {
        return new ActionSubmitter(connector, graph, actions(), stops(),
                UnlockCodeCipher.of("connector.secrets.key", null),
                time);
    }

    private Graph graph() {
        return new Graph(connector,
                new Graph.Access(new AccessTokens(connector, trust, InstantSource.system()),
                        database.budget(connector)),
                null,
                trust, JsonMapper.shared(), InstantSource.system());
    }

    int wipes(DeviceAction action) {
        return microsoft.tenant().executions("wipe").getOrDefault(action.command().deviceId().value(), 0);
    }

    @Override
    public void close() throws IOException {
        microsoft.close();
    }
}
