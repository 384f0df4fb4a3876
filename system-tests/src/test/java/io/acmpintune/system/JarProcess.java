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

/** A service's jar as a process, with the heap that every installation of ours gives it; it may be killed and started again. */
final class JarProcess implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(\\d+M\\)");

    private final String name;
    private final Path directory;
    private final Path jar;
    private final Api api;
    private @Nullable JavaProcess program;

    /**
     * A process that is not started yet.
     *
     * @param directory where its configuration, log and collections of garbage are written
     * @param configuration its configuration as YAML, for the port that it is given
     */
    JarProcess(String name, Path directory, String jar, IntFunction<String> configuration) throws IOException {
        this.name = name;
        this.directory = directory;
        this.jar = Path.of(jar).toAbsolutePath();
        int port = freePort();
        this.api = new Api("http://127.0.0.1:" + port, TOKEN);
        Files.writeString(directory.resolve(name + ".yml"), configuration.apply(port));
    }

    /** Starts it, at the same address each time, without waiting until it is ready. */
    void launch() throws IOException {
        program = JavaProcess.start(name, directory,
                // it lives for a minute or two: the second compiler would cost more than it saves
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xlog:gc:file=" + name + "-gc.log:time:filecount=0",
                        "-jar", jar.toString(), "--spring.config.additional-location=file:" + name + ".yml"));
    }

    /** Waits until it takes requests. What it needs beside may be missing: that is what is tested. */
    void awaitReady() throws Exception {
        Await.until(name + " is ready", TO_START, () -> {
            if (!program().isAlive()) {
                throw new IllegalStateException("It ended while starting:\n" + program().lastWords());
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
        program().kill();
    }

    Api api() {
        return api;
    }

    String name() {
        return name;
    }

    Path log() {
        return program().log();
    }

    /** The most megabytes of heap that were in use when garbage was collected, since it was last started. */
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
        if (program != null) {
            program.close();
        }
    }

    private JavaProcess program() {
        if (program == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return program;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
