package io.acmpintune.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The Graph SDK's reader, in its own JVM with the connector's heap size. */
final class Competitor implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private Competitor(Process process) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static Competitor start(Path simulator, Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new Competitor(new ProcessBuilder(
                List.of(java, "-Xmx256m", "-cp", classPath, PageIteratorReader.class.getName(), simulator.toString()))
                .redirectError(log.toFile())
                .start());
    }

    /** Reads all devices once. */
    Duration read(int devices) throws IOException {
        orders.write("go\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.startsWith(devices + " ")) {
            throw new IllegalStateException("the SDK read '" + answer + "' instead of " + devices + " devices");
        }
        return Duration.ofMillis(Long.parseLong(answer.substring(answer.indexOf(' ') + 1)));
    }

    @Override
    public void close() throws IOException {
        orders.close();
        process.destroy();
    }
}
