package io.acmpintune.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorAccess;
import io.acmpintune.simulator.SimulatorOptions;

/** One database and simulator with any number of replicas of connector-service, which can be killed. */
final class ConnectorReplicas implements AutoCloseable {

    static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";

    private final Path directory;
    private final Simulator simulator;
    private final TestDatabase database = TestDatabase.fresh();
    private final Deque<JarProcess> running = new ArrayDeque<>();
    private final String settings;
    private int started;

    /** @param settings settings of the connector as YAML on one line, such as {@code scanner: { page-size: 100 }} */
    ConnectorReplicas(SimulatorOptions options, String settings) throws IOException {
        this.settings = settings;
        this.directory = Files.createDirectories(
                Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString()));
        this.simulator = Simulator.start(options);
    }

    Simulator simulator() {
        return simulator;
    }

    /** Starts a replica and waits until it is ready. */
    JarProcess start() throws Exception {
        JarProcess replica = new JarProcess("connector-service-" + ++started, directory,
                ServiceJar.CONNECTOR, this::configuration);
        running.push(replica);
        replica.launch();
        replica.awaitReady();
        return replica;
    }

    private String configuration(int port) {
        SimulatorAccess access = simulator.access();
        return """
                server: { port: %d, address: 127.0.0.1 }
                spring:
                  datasource: { url: "%s", username: %s, password: %s }
                  ssl.bundle.pem.simulator.truststore.certificate: "file:%s"
                db-scheduler: { heartbeat-interval: 1s, missed-heartbeats-limit: 6, polling-interval: 200ms }
                %s
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
                """.formatted(port, database.url(), database.user(), database.password(), access.ca(),
                JarProcess.CONNECTOR_TOKENS,
                access.tenantId(), access.clientId(), access.clientSecret(), simulator.httpsUrl(),
                simulator.httpsUrl(), settings);
    }

    @Override
    public void close() throws IOException {
        simulator.faults().clear();
        while (!running.isEmpty()) {
            running.pop().close();
        }
        simulator.close();
    }
}
