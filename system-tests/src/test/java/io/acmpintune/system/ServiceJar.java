package io.acmpintune.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.acmpintune.runtime.database.TestDatabase;
import io.acmpintune.simulator.demo.JavaProcess;

/**
 * A service's jar prepared as its image prepares it: extracted, with an AOT cache from a training run. System tests start
 * services dozens of times; the cache halves the time of each start.
 */
final class ServiceJar {

    /**
     * The heap of every installation, and the collector that a container of that size gets. The processes live for a minute or two, so
     * the second compiler would not pay off.
     */
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    static final ServiceJar CONNECTOR = new ServiceJar("connector-service");
    static final ServiceJar ENGINE = new ServiceJar("workflow-engine");

    private final String service;
    private final CompletableFuture<Path> extracted;

    private ServiceJar(String service) {
        this.service = service;
        this.extracted = CompletableFuture.supplyAsync(this::prepare);
    }

    /** Arguments of {@code java} that start the service; waits until the jar is prepared. */
    List<String> arguments(List<String> options, List<String> programArguments) {
        Path jar = extracted.join();
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.add("-XX:AOTCache=" + cache(jar));
        arguments.addAll(options);
        arguments.addAll(List.of("-jar", jar.toString()));
        arguments.addAll(programArguments);
        return arguments;
    }

    private Path prepare() {
        try {
            Path jar = Path.of(System.getProperty(service.equals("workflow-engine")
                    ? "system.engine-jar"
                    : "system.connector-jar")).toAbsolutePath().normalize();
            // a jar that was built again gets a directory of its own
            Path directory = Files.createDirectories(Path.of(System.getProperty("system.directory"), "services")
                    .toAbsolutePath()
                    .resolve(service + "-" + Long.toHexString(Files.getLastModifiedTime(jar).toMillis())));
            Path extractedJar = directory.resolve("app").resolve(jar.getFileName());
            if (!Files.exists(cache(extractedJar))) {
                run("extract", directory, List.of("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination",
                        "app", "--force"));
                train(jar, extractedJar, directory);
            }
            return extractedJar;
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(service + " could not be prepared", e);
        }
    }

    private static void train(Path jar, Path extractedJar, Path directory) throws IOException, InterruptedException {
        Path training = jar.resolveSibling("..").resolve("training.yml").normalize();
        TestDatabase database = TestDatabase.fresh();
        List<String> arguments = new ArrayList<>(OPTIONS);
        arguments.addAll(List.of("-XX:AOTCacheOutput=" + cache(extractedJar), "-Dspring.context.exit=onRefresh", "-jar",
                extractedJar.toString(), "--spring.config.additional-location=file:" + training,
                // unlike an image's build, this one has a database, so more of the start can be recorded
                "--spring.datasource.url=" + database.url(), "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(), "--spring.flyway.enabled=true",
                "--spring.main.lazy-initialization=false"));
        run("training", directory, arguments);
    }

    private static void run(String step, Path directory, List<String> arguments)
            throws IOException, InterruptedException {
        try (JavaProcess process = JavaProcess.start(step, directory, arguments)) {
            if (process.awaitExit() != 0) {
                throw new IOException("The step '" + step + "' failed:\n" + process.lastOutput());
            }
        }
    }

    private static Path cache(Path extractedJar) {
        return extractedJar.resolveSibling("app.aot");
    }
}
