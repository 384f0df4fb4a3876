package io.acmpintune.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorAccess;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Api;
import io.acmpintune.simulator.demo.Await;

/** A whole installation: the simulator in this JVM, and both services as processes on one database. */
final class BothServices implements AutoCloseable {

    static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    static final String WORKFLOW = "/api/v1/workflows/IntuneMobileDevices_1";

    /** The key with which both services encrypt unlock codes. */
    static final String SECRETS_KEY = "Y2FuYXJ5LWtleS1vZi0zMi1ieXRlcy0wMTIzNDU2Nzg=";

    private final Simulator simulator;
    private final TestDatabase database = TestDatabase.fresh();
    private final JarProcess connector;
    private final JarProcess engine;
    private final List<JarProcess> replicas = new ArrayList<>();
    private final Path directory;
    private final Settings settings;
    private final Map<String, SimulatorOptions.AcmpAddress> servers;

    /**
     * Settings that differ from the defaults; each is YAML on one line, such as {@code scanner: { page-size: 100 }}, or empty.
     *
     * @param connector keys of the connector, one line each
     * @param sics keys of {@code acmp.sics}
     * @param workflow keys of the workflow, which publishes to every ACMP server
     * @param engine top-level keys of the engine, such as {@code safety: { … }}, one line each
     * @param credential how the connector signs in
     * @param heartbeats of both services
     */
    record Settings(String connector, String sics, String workflow, String engine, Credential credential,
            Heartbeats heartbeats) {
        static final Settings DEFAULT = new Settings("", "", "");

        Settings(String connector, String sics, String workflow, String engine, Credential credential) {
            this(connector, sics, workflow, engine, credential, Heartbeats.FREQUENT);
        }

        Settings with(Heartbeats others) {
            return new Settings(connector, sics, workflow, engine, credential, others);
        }

        Settings(String connector, String sics, String workflow) {
            this(connector, sics, workflow, "");
        }

        Settings(String connector, String sics, String workflow, String engine) {
            this(connector, sics, workflow, engine, Credential.CLIENT_SECRET);
        }
    }

    /** How soon a dead replica is noticed: after so many missed heartbeats. */
    record Heartbeats(String interval, int missed) {
        /** The services' defaults. */
        static final Heartbeats DEFAULT = new Heartbeats("10s", 4);
        /** Short, so that tests need not wait. */
        static final Heartbeats FREQUENT = new Heartbeats("1s", 6);
    }

    /** How an application signs in to Entra. */
    enum Credential {
        CLIENT_SECRET {
            @Override
            String configuration(SimulatorAccess access) {
                return """
                        authentication: client-secret
                        client-secret: "%s"
                        """.formatted(access.clientSecret());
            }
        },
        CERTIFICATE {
            @Override
            String configuration(SimulatorAccess access) {
                return """
                        authentication: certificate
                        certificate: "%s"
                        certificate-password: "%s"
                        """.formatted(access.certificate(), access.certificatePassword());
            }
        };

        /** Lines of YAML. */
        abstract String configuration(SimulatorAccess access);
    }

    private BothServices(SimulatorOptions options, Settings settings) throws IOException {
        this.settings = settings;
        this.directory = Files.createDirectories(
                Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString()));
        this.servers = options.acmpServers();
        this.simulator = Simulator.start(options);
        this.connector = new JarProcess("connector-service", directory, ServiceJar.CONNECTOR,
                port -> common(port) + connector(settings));
        this.engine = new JarProcess("workflow-engine", directory, ServiceJar.ENGINE,
                port -> common(port) + engine(settings));
    }

    /** Starts the simulator only, so that a test can prepare it. */
    static BothServices prepare(SimulatorOptions options, Settings settings) throws IOException {
        return new BothServices(options, settings);
    }

    /** Starts both services and waits until they are ready. */
    void start() throws Exception {
        connector.launch();
        engine.launch();
        connector.awaitReady();
        engine.awaitReady();
    }

    /** Starts another replica of the engine on the same database, and waits until it is ready. */
    JarProcess addEngine() throws Exception {
        JarProcess replica = new JarProcess("workflow-engine-" + (replicas.size() + 2), directory, ServiceJar.ENGINE,
                port -> common(port) + engine(settings));
        replicas.add(replica);
        replica.launch();
        replica.awaitReady();
        return replica;
    }

    /** Restarts the engine with other settings and waits until it is ready. */
    void restartEngine(Settings settings) throws Exception {
        engine.kill();
        engine.configure(port -> common(port) + engine(settings));
        engine.launch();
        engine.awaitReady();
    }

    Simulator simulator() {
        return simulator;
    }

    JarProcess connector() {
        return connector;
    }

    JarProcess engine() {
        return engine;
    }

    /** Calls the engine's API as a person. */
    ApiCaller engineAs(Person person) {
        return engineAs(person, engine);
    }

    /** Calls the API of one replica of the engine as a person. */
    static ApiCaller engineAs(Person person, JarProcess replica) {
        return new ApiCaller(replica.api().url(), person.token());
    }

    /** Calls the connector-service's API with the engine's acting token. */
    ApiCaller connectorAsEngine() {
        return new ApiCaller(connector.api().url(), JarProcess.TOKEN);
    }

    /** The JDBC URL, including user and password. */
    String databaseUrl() {
        return database.url() + "?user=" + database.user() + "&password=" + database.password();
    }

    String databaseName() {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    /** Returns the status of the workflow's clients in an ACMP server. */
    JsonNode publication(String server) throws Exception {
        return StreamSupport.stream(engine.api().get("/api/v1/workflows").path(0).path("servers").spliterator(), false)
                .filter(publication -> publication.path("server").asString("").equals(server))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a server has acknowledged the current version of exactly this many clients. */
    void acknowledged(String server, int clients) throws Exception {
        Await.until(server + " has acknowledged " + clients + " clients", () -> {
            JsonNode publication = publication(server);
            return publication.path("acknowledged").asInt(-1) == clients
                    && publication.path("clients").asInt(-1) == clients ? Optional.of(true) : Optional.empty();
        });
    }

    /** Scans Intune in full and returns the finished scan. */
    JsonNode scan() throws Exception {
        Api api = connector.api();
        long before = api.get(CONNECTOR).path("lastScan").path("id").asLong(0);
        api.post(CONNECTOR + "/scans", Map.of(), Map.of());
        return scanned(before);
    }

    /** Waits until a scan later than this one has ended and returns it. */
    JsonNode scanned(long after) throws Exception {
        return Await.until("the scan has ended", () -> {
            JsonNode scan = connector.api().get(CONNECTOR).path("lastScan");
            return scan.path("id").asLong(0) > after && !scan.path("state").asString("").equals("RUNNING")
                    ? Optional.of(scan)
                    : Optional.empty();
        });
    }

    /** Waits until the engine has read the connector's feed to its end. */
    void pulled() throws Exception {
        Database database = new Database(databaseUrl());
        Await.untilTrue("the engine has read all of the feed",
                () -> database
                        .number("""
                                select (select max(revision) from connector.device) - (select max(device_cursor) from workflow.workflow)
                                """) == 0);
    }

    private String common(int port) {
        return """
                server: { port: %d, address: 127.0.0.1 }
                spring:
                  datasource: { url: "%s", username: %s, password: %s }
                  ssl.bundle.pem.simulator.truststore.certificate: "file:%s"
                db-scheduler: { heartbeat-interval: %s, missed-heartbeats-limit: %d, polling-interval: 200ms }
                """.formatted(port, database.url(), database.user(), database.password(), simulator.access().ca(),
                settings.heartbeats().interval(), settings.heartbeats().missed());
    }

    private String connector(Settings settings) {
        SimulatorAccess access = simulator.access();
        return """
                %s
                connector.secrets.key: "%s"
                intune:
                  connectors:
                    IntuneConnector_1:
                      tenant-id: %s
                      client-id: %s
                      %s
                      cloud: custom
                      login-endpoint: %s
                      graph-endpoint: %s
                      ssl-bundle: simulator
                      %s
                """.formatted(JarProcess.CONNECTOR_TOKENS, SECRETS_KEY, access.tenantId(), access.clientId(),
                settings.credential().configuration(access).indent(6).strip(),
                simulator.httpsUrl(), simulator.httpsUrl(), settings.connector().indent(6).strip());
    }

    private String engine(Settings settings) {
        SimulatorAccess access = simulator.access();
        String addresses = servers
                .entrySet()
                .stream()
                .map(server -> server.getKey() + ": { virtual-router: " + server.getValue().virtualRouter()
                        + ", routing-key: " + server.getValue().routingKey() + " }")
                .collect(Collectors.joining(", "));
        return """
                engine.secrets.key: "%s"
                engine.api.tokens:
                  - "%s"
                %s
                acmp:
                  sics:
                    url: %s
                    username: %s
                    password: "%s"
                    ssl-bundle: simulator
                    connect-timeout: 60s
                    %s
                  servers: { %s }
                  workflows:
                    IntuneMobileDevices_1:
                      connector: IntuneConnector_1
                      connector-url: %s
                      %s
                      %s
                %s
                """.formatted(SECRETS_KEY, JarProcess.TOKEN, Person.asTokens().indent(2).stripTrailing(),
                simulator.httpsUrl(), access.sicsUser(), access.sicsPassword(),
                settings.sics(), addresses, connector.api().url(), JarProcess.TOKENS_AT_CONNECTOR,
                settings.workflow(),
                settings.engine());
    }

    @Override
    public void close() throws IOException {
        simulator.faults().clear();
        replicas.forEach(JarProcess::close);
        engine.close();
        connector.close();
        simulator.close();
    }
}
