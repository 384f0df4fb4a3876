package io.acmpintune.simulator.demo;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, the simulator and both services on this machine, each in its own process. */
public final class Installation implements AutoCloseable {

    private static final Duration STALL = Duration.ofMinutes(2);

    private final Plan plan;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Properties world = new Properties();
    private final Configurations.ConnectorTokens connectorTokens = new Configurations.ConnectorTokens(secret(),
            secret(),
            secret(), secret());
    private final String engineToken = secret();
    private final String consolePassword = secret().substring(0, 12);
    private final int connectorPort;
    private final int enginePort;
    private String databaseUrl = "";

    /**
     * What to start.
     *
     * @param directory for configuration files, logs and data
     * @param engineJar null = the connector-service only
     * @param devices in the simulated tenant
     * @param simulator directory of a running simulator; null = one is started
     * @param followUp time until the connector first checks the result of an action
     */
    public record Plan(Path directory, Path connectorJar, @Nullable Path engineJar, int devices, Duration followUp,
            @Nullable Path simulator) {}

    private Installation(Plan plan) throws IOException {
        this.plan = plan;
        this.connectorPort = freePort(8081);
        this.enginePort = freePort(8080);
    }

    /**
     * Starts everything and waits until it is ready. If a part does not start, the others are stopped again.
     *
     * @param progress receives a line per part, and from time to time what it waits for
     */
    public static Installation start(Plan plan, Consumer<String> progress) throws Exception {
        Installation installation = new Installation(plan);
        try {
            installation.startAll(progress);
            return installation;
        } catch (Exception e) {
            installation.close();
            throw e;
        }
    }

    private void startAll(Consumer<String> progress) throws Exception {
        Files.createDirectories(plan.directory());
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(plan.directory().resolve("postgres").toFile())
                // must outlive the services, which this class stops first
                .setRegisterShutdownHook(false)
                .start();
        running.push(postgres);
        progress.accept("PostgreSQL is ready on port " + postgres.getPort());

        Path properties = (plan.simulator() == null ? startSimulator(progress) : plan.simulator())
                .resolve("simulator.properties");
        try (InputStream in = Files.newInputStream(properties)) {
            world.load(in);
        }
        progress.accept("The simulator (Entra, Graph, SICS, ACMP) is ready at " + world.getProperty("https-url"));

        databaseUrl = postgres.getJdbcUrl("postgres", "postgres");
        Configurations configurations = new Configurations(plan, world, databaseUrl);
        Files.writeString(plan.directory().resolve("connector-service.yml"),
                configurations.connector(connectorPort, connectorTokens));
        Files.writeString(plan.directory().resolve("workflow-engine.yml"),
                configurations.engine(enginePort, engineToken, bcrypt(consolePassword), connector().url(),
                        connectorTokens));
        JavaProcess connector = service("connector-service", plan.connectorJar());
        JavaProcess engine = plan.engineJar() == null ? null : service("workflow-engine", plan.engineJar());
        await("connector-service is healthy", connector, progress, () -> connector().isHealthy());
        progress.accept("connector-service is ready at " + connector().url());
        if (engine != null) {
            await("workflow-engine is healthy", engine, progress, () -> engine().isHealthy());
            progress.accept("workflow-engine is ready at " + engine().url());
        }
    }

    private Path startSimulator(Consumer<String> progress) throws Exception {
        JavaProcess simulator = JavaProcess.start("simulator", plan.directory(),
                List.of("-Xmx512m", "-cp", classPath(), "io.acmpintune.simulator.SimulatorMain",
                        "--devices=" + plan.devices(), "--directory=."));
        running.push(simulator);
        await("the simulator is ready", simulator, progress, () -> Files.readString(simulator.log()).contains("ready"));
        return plan.directory();
    }

    private JavaProcess service(String name, Path jar) throws IOException {
        JavaProcess program = JavaProcess.start(name, plan.directory(),
                List.of("-Xmx256m", "-Xlog:gc:file=" + name + "-gc.log", "-jar", jar.toAbsolutePath().toString(),
                        "--spring.config.additional-location=file:" + name + ".yml"));
        running.push(program);
        return program;
    }

    public Api connector() {
        return new Api("http://127.0.0.1:" + connectorPort, connectorTokens.acting());
    }

    public Api engine() {
        return new Api("http://127.0.0.1:" + enginePort, engineToken);
    }

    /** The simulator's control API. */
    public Api simulator() {
        return new Api(world.getProperty("http-url"), "none");
    }

    /** The simulator's addresses and credentials. */
    public Properties world() {
        return world;
    }

    /** PostgreSQL's address, user included, for JDBC. */
    public String databaseUrl() {
        return databaseUrl;
    }

    public Path directory() {
        return plan.directory();
    }

    /** The token of workflow-engine's API. */
    public String engineToken() {
        return engineToken;
    }

    /** The console's password of {@code anna} (operator, administrator) and {@code paul} (approver). */
    public String consolePassword() {
        return consolePassword;
    }

    public String connectorToken() {
        return connectorTokens.acting();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, JavaProcess program, Consumer<String> progress, Condition condition)
            throws Exception {
        Await.whileProgressing(STALL, program::progress, progress).value(what, () -> {
            if (!program.isAlive()) {
                throw new DemoFailure(
                        program.name() + " ended while starting. Its last output:\n" + program.lastOutput());
            }
            return condition.holds() ? Optional.of(true) : Optional.empty();
        });
    }

    /** Stops everything in reverse order. */
    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("A part of the installation did not stop cleanly: " + e);
            }
        }
    }

    /** This JVM's class path with absolute paths, because the simulator is started in another directory. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException _) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    private static String bcrypt(String password) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return OpenBSDBCrypt.generate(password.toCharArray(), salt, 10);
    }

    private static String secret() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
