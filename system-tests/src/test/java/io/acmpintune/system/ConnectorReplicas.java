package io.acmpintune.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorAccess;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Api;
import io.acmpintune.simulator.demo.Patience;
import io.acmpintune.simulator.demo.Program;

/** One connector's database and Intune, and any number of replicas of connector-service on them, which may be killed. */
final class ConnectorReplicas implements AutoCloseable {

    static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Duration TO_START = Duration.ofMinutes(2);

    private final Path directory;
    private final Simulator simulator;
    private final EmbeddedPostgres postgres;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final String settings;
    private int started;

    /** One running process. */
    record Replica(Program program, Api api) {}

    /** @param settings of the connector, as YAML on one line, such as {@code scanner: { page-size: 100 }} */
    ConnectorReplicas(SimulatorOptions options, String settings) throws IOException {
        this.settings = settings;
        this.directory = Files.createDirectories(
                Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString()));
        this.simulator = Simulator.start(options);
        this.postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("postgres").toFile())
                .setRegisterShutdownHook(false)
                .start();
    }

    Simulator simulator() {
        return simulator;
    }

    /** Starts a replica and waits until it is ready. */
    Replica start() throws Exception {
        String name = "connector-service-" + ++started;
        int port = freePort();
        Files.writeString(directory.resolve(name + ".yml"), configuration(port));
        Program program = Program.start(name, directory, List.of("-Xmx256m", "-jar",
                Path.of(System.getProperty("system.connector-jar")).toAbsolutePath().toString(),
                "--spring.config.additional-location=file:" + name + ".yml"));
        running.push(program);
        Api api = new Api("http://127.0.0.1:" + port, TOKEN);
        Patience.until(name + " is healthy", TO_START, () -> {
            if (!program.isAlive()) {
                throw new IllegalStateException("It ended while starting:\n" + program.lastWords());
            }
            return api.isHealthy() ? Optional.of(true) : Optional.empty();
        });
        return new Replica(program, api);
    }

    private String configuration(int port) {
        SimulatorAccess access = simulator.access();
        return """
                server: { port: %d, address: 127.0.0.1 }
                spring:
                  datasource: { url: "%s", username: postgres, password: postgres }
                  ssl.bundle.pem.simulator.truststore.certificate: "file:%s"
                db-scheduler: { heartbeat-interval: 1s, polling-interval: 200ms }
                connector.api.tokens: [ "%s" ]
                intune:
                  connectors:
                    IntuneConnector_1:
                      tenant-id: %s
                      client-id: %s
                      authentication: client-secret
                      client-secret: "%s"
                      cloud: custom
                      login-endpoint: %s
                      graph-endpoint: %s
                      ssl-bundle: simulator
                      %s
                """.formatted(port, postgres.getJdbcUrl("postgres", "postgres"), access.ca(), TOKEN,
                access.tenantId(), access.clientId(), access.clientSecret(), simulator.httpsUrl(),
                simulator.httpsUrl(), settings);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        simulator.faults().clear();
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                throw new IOException("A replica did not stop", e);
            }
        }
        postgres.close();
        simulator.close();
    }
}
