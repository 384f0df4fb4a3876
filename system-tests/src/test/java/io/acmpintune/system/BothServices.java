package io.acmpintune.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorAccess;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Api;
import io.acmpintune.simulator.demo.Await;

/** A whole installation: a simulated world in this JVM, where a test can break it, and both services as processes on one database. */
final class BothServices implements AutoCloseable {

    static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    static final String WORKFLOW = "/api/v1/workflows/IntuneMobileDevices_1";

    /** With which either service encrypts unlock codes. */
    static final String SECRETS_KEY = "Y2FuYXJ5LWtleS1vZi0zMi1ieXRlcy0wMTIzNDU2Nzg=";

    private final Simulator simulator;
    private final EmbeddedPostgres postgres;
    private final JarProcess connector;
    private final JarProcess engine;

    /**
     * What differs from the defaults; each is YAML on one line, as in {@code scanner: { page-size: 100 }}, or empty.
     *
     * @param connector of the connector; several are lines of their own
     * @param sics of {@code acmp.sics}
     * @param workflow of the workflow, which serves every ACMP server
     * @param engine of the engine beside, as {@code safety: { … }}; several are lines of their own
     * @param credential with which the connector signs in
     */
    record Settings(String connector, String sics, String workflow, String engine, Credential credential) {
        static final Settings DEFAULT = new Settings("", "", "");

        Settings(String connector, String sics, String workflow) {
            this(connector, sics, workflow, "");
        }

        Settings(String connector, String sics, String workflow, String engine) {
            this(connector, sics, workflow, engine, Credential.CLIENT_SECRET);
        }
    }

    /** How an application signs in at Entra. */
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
        Path directory = Files.createDirectories(
                Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString()));
        this.simulator = Simulator.start(options);
        this.postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("postgres").toFile())
                .setRegisterShutdownHook(false)
                .start();
        this.connector = new JarProcess("connector-service", directory, System.getProperty("system.connector-jar"),
                port -> common(port) + connector(settings));
        this.engine = new JarProcess("workflow-engine", directory, System.getProperty("system.engine-jar"),
                port -> common(port) + engine(settings, options));
    }

    /** Makes a world; neither service runs yet, so that a test can prepare it. */
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

    Simulator simulator() {
        return simulator;
    }

    JarProcess connector() {
        return connector;
    }

    JarProcess engine() {
        return engine;
    }

    /** The engine's API as a person uses it. */
    ApiCaller engineAs(Person person) {
        return new ApiCaller(engine.api().url(), person.token());
    }

    /** The connector-service's API, with the token that the engine has. */
    ApiCaller connectorAsEngine() {
        return new ApiCaller(connector.api().url(), JarProcess.TOKEN);
    }

    /** For JDBC, user included. */
    String databaseUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** How the workflow's clients stand in an ACMP server. */
    JsonNode publication(String server) throws Exception {
        return StreamSupport.stream(engine.api().get("/api/v1/workflows").path(0).path("servers").spliterator(), false)
                .filter(publication -> publication.path("server").asString("").equals(server))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until a server has acknowledged so many clients as they now are, and there are no others. */
    void acknowledged(String server, int clients, Duration patience) throws Exception {
        Await.until(server + " has acknowledged " + clients + " clients", patience, () -> {
            JsonNode publication = publication(server);
            return publication.path("acknowledged").asInt(-1) == clients
                    && publication.path("clients").asInt(-1) == clients ? Optional.of(true) : Optional.empty();
        });
    }

    /** Has Intune read in full, and waits until that is done. */
    JsonNode scan(Duration patience) throws Exception {
        Api api = connector.api();
        long before = api.get(CONNECTOR).path("lastScan").path("id").asLong(0);
        api.post(CONNECTOR + "/scans", Map.of(), Map.of());
        return scanned(before, patience);
    }

    /** Waits until a scan later than this one has ended. */
    JsonNode scanned(long after, Duration patience) throws Exception {
        return Await.until("the scan has ended", patience, () -> {
            JsonNode scan = connector.api().get(CONNECTOR).path("lastScan");
            return scan.path("id").asLong(0) > after && !scan.path("state").asString("").equals("RUNNING")
                    ? Optional.of(scan)
                    : Optional.empty();
        });
    }

    /** Waits until the engine has taken over all that the connector tells. */
    void pulled(Duration patience) throws Exception {
        Database database = new Database(databaseUrl());
        Await.until("the engine has read all of the feed", patience, () -> database.number("""
                select (select max(revision) from connector.device) - (select max(device_cursor) from workflow.workflow)
                """) == 0 ? Optional.of(true) : Optional.empty());
    }

    private String common(int port) {
        return """
                server: { port: %d, address: 127.0.0.1 }
                spring:
                  datasource: { url: "%s", username: postgres, password: postgres }
                  ssl.bundle.pem.simulator.truststore.certificate: "file:%s"
                db-scheduler: { heartbeat-interval: 1s, polling-interval: 200ms }
                """.formatted(port, databaseUrl(), simulator.access().ca());
    }

    private String connector(Settings settings) {
        SimulatorAccess access = simulator.access();
        return """
                connector.api.tokens: [ "%s" ]
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
                """.formatted(JarProcess.TOKEN, SECRETS_KEY, access.tenantId(), access.clientId(),
                settings.credential().configuration(access).indent(6).strip(),
                simulator.httpsUrl(), simulator.httpsUrl(), settings.connector().indent(6).strip());
    }

    private String engine(Settings settings, SimulatorOptions options) {
        SimulatorAccess access = simulator.access();
        String servers = options.acmpServers()
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
                    %s
                  servers: { %s }
                  workflows:
                    IntuneMobileDevices_1:
                      connector: IntuneConnector_1
                      connector-url: %s
                      connector-token: "%s"
                      %s
                %s
                """.formatted(SECRETS_KEY, JarProcess.TOKEN, Person.asTokens().indent(2).stripTrailing(),
                simulator.httpsUrl(), access.sicsUser(), access.sicsPassword(),
                settings.sics(), servers, connector.api().url(), JarProcess.TOKEN, settings.workflow(),
                settings.engine());
    }

    @Override
    public void close() throws IOException {
        simulator.faults().clear();
        engine.close();
        connector.close();
        postgres.close();
        simulator.close();
    }
}
