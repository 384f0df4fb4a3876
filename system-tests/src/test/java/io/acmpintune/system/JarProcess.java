package io.acmpintune.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.simulator.demo.Api;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.demo.JavaProcess;

/** A service as a process that a test can kill and start again. */
final class JarProcess implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    static final String READING_TOKEN = "canary-reading-token-0123456789abcdef";
    static final String STOPPING_TOKEN = "canary-stopping-token-0123456789abcdef";
    static final String LIFTING_TOKEN = "canary-lifting-token-0123456789abcdef";

    /** The connector-service's configuration of the engine's tokens; the acting one is {@link #TOKEN}. */
    static final String CONNECTOR_TOKENS = """
            connector.api.tokens:
              - { name: engine-reading, role: viewer, token: "%s" }
              - { name: engine-acting, role: operator, token: "%s" }
              - { name: engine-stopping, role: stopper, token: "%s" }
              - { name: engine-lifting, role: lifter, token: "%s" }
            """.formatted(READING_TOKEN, TOKEN, STOPPING_TOKEN, LIFTING_TOKEN).strip();
    /** The same tokens in the configuration of a workflow. */
    static final String TOKENS_AT_CONNECTOR = """
            connector-tokens: { reading: "%s", acting: "%s", stopping: "%s", lifting: "%s" }
            """.formatted(READING_TOKEN, TOKEN, STOPPING_TOKEN, LIFTING_TOKEN).strip();

    private static final Duration STALL = Duration.ofMinutes(2);
    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(\\d+M\\)");

    private final String name;
    private final Path directory;
    private final ServiceJar jar;
    private final int port;
    private final Api api;
    private @Nullable JavaProcess process;

    /**
     * A process that is not started yet.
     *
     * @param directory     for its configuration, log and garbage collection log
     * @param configuration its configuration as YAML, given its port
     */
    JarProcess(String name, Path directory, ServiceJar jar, IntFunction<String> configuration) throws IOException {
        this.name = name;
        this.directory = directory;
        this.jar = jar;
        this.port = freePort();
        this.api = new Api("http://127.0.0.1:" + port, TOKEN);
        configure(configuration);
    }

    /** Replaces the configuration; it takes effect with the next launch. */
    void configure(IntFunction<String> configuration) throws IOException {
        Files.writeString(directory.resolve(name + ".yml"), configuration.apply(port));
    }

    /** Starts the process, at the same address each time, without waiting until it is ready. */
    void launch() throws IOException {
        process = JavaProcess.start(name, directory,
                jar.arguments(List.of("-Xlog:gc:file=" + name + "-gc.log:time:filecount=0"),
                        List.of("--spring.config.additional-location=file:" + name + ".yml")));
    }

    /** Waits until the service accepts requests, even where something that it depends on is missing. */
    void awaitReady() throws Exception {
        JavaProcess started = process();
        Await.whileProgressing(STALL, started::progress, System.out::println).value(name + " is ready", () -> {
            if (!started.isAlive()) {
                throw new IllegalStateException(name + " ended while starting:\n" + started.lastOutput());
            }
            return isReady() ? Optional.of(true) : Optional.empty();
        });
    }

    private boolean isReady() throws InterruptedException {
        try {
            return api.get("/actuator/health/readiness").path("status").asString("").equals("UP");
        } catch (IOException _) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process().kill();
    }

    /** Suspends the process, as a hypervisor that runs out of memory does; {@link #resume} continues it. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process().pid())).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(name + " got no signal " + signal);
        }
    }

    Api api() {
        return api;
    }

    String name() {
        return name;
    }

    Path log() {
        return process().log();
    }

    /** The most heap, in megabytes, that a garbage collection found in use since the last launch. */
    int heapPeak() throws IOException {
        return COLLECTION.matcher(Files.readString(directory.resolve(name + "-gc.log")))
                .results()
                .map(MatchResult::group)
                .mapToInt(text -> Integer.parseInt(text.substring(1, text.indexOf('M'))))
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private JavaProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
