package io.acmpintune.simulator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program in its own process, with its output in a file. */
public final class JavaProcess implements AutoCloseable {

    private static final int SECONDS_TO_STOP = 20;

    private final String name;
    private final Process process;
    private final Path log;

    private JavaProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program with this JVM's {@code java}.
     *
     * @param arguments options of {@code java}, then the class or jar, then the program's own arguments
     */
    public static JavaProcess start(String name, Path directory, List<String> arguments) throws IOException {
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new JavaProcess(name, process, log);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the end of the process's output, for a message. */
    public String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(its output " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    public Path log() {
        return log;
    }

    /** Waits for the process to end and returns its exit status. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * What the process has used and written so far. It changes as long as a starting process makes progress, however slow the
     * machine is.
     */
    public String progress() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() + " s, " + log.toFile().length();
    }

    /** Returns the id of the process in the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Kills the process as a power failure would. Returns once it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
