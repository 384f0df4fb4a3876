package io.acmpintune.simulator.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The end-to-end demo: Intune's devices become ACMP clients, and one action goes back. Each step is read from the services' APIs
 * and checked against what the simulator counted.
 */
public final class Demo {

    /** Without any progress for this long, the demo gives up. */
    private static final Duration STALL = Duration.ofMinutes(3);
    private static final int CHOSEN = 5;
    /** Not 1, which a JVM that does not start returns as well. */
    private static final int FAILED = 3;

    private final Installation installation;
    private final int devices;
    private final long begin;

    private Demo(Installation installation, int devices, long begin) {
        this.installation = installation;
        this.devices = devices;
        this.begin = begin;
    }

    /**
     * Runs the demo. System properties: {@code demo.devices} (2000), {@code demo.exit} (false: keep running until Ctrl-C),
     * {@code demo.directory}, {@code demo.connector-jar}, {@code demo.engine-jar}. The exit status is 0 if all four steps
     * succeeded, and {@link #FAILED} after a reported failure.
     */
    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        int devices = Integer.getInteger("demo.devices", 2000);
        Path directory = Path.of(System.getProperty("demo.directory", "target/demo")).toAbsolutePath();
        empty(directory);
        System.out.println("ACMP Intune Connector: end-to-end demo with " + devices + " simulated devices");
        try (Installation installation = Installation.start(
                new Installation.Plan(directory, Path.of(System.getProperty("demo.connector-jar")),
                        Path.of(System.getProperty("demo.engine-jar")), devices, Duration.ofSeconds(1), null),
                line -> say(begin, "·", line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
            // Maven does not stop its child process unless it is ended by Ctrl-C
            ProcessHandle.current().parent().ifPresent(Demo::exitWith);
            new Demo(installation, devices, begin).run();
            if (!Boolean.getBoolean("demo.exit")) {
                System.out.println("Everything keeps running. Press Ctrl-C to stop.");
                new CountDownLatch(1).await();
            }
        } catch (Exception e) {
            fail(directory, e);
        }
        System.exit(0);
    }

    /** Ends with {@link #FAILED}. Maven's build checks the file and reports a failure without a stack trace. */
    private static void fail(Path directory, Exception e) throws IOException {
        String message = e instanceof DemoFailure ? e.getMessage() : e.toString();
        System.out.println("The demo failed. " + message);
        System.out.println("The logs are in " + directory);
        Files.writeString(Files.createDirectories(directory).resolve("failed.txt"), String.valueOf(message));
        System.exit(FAILED);
    }

    private static void exitWith(ProcessHandle parent) {
        Thread.ofVirtual().start(() -> {
            parent.onExit().join();
            System.exit(1);
        });
    }

    private void run() throws Exception {
        long start = System.nanoTime();
        token();
        long tokenAt = System.nanoTime();
        int read = scan();
        long scanAt = System.nanoTime();
        int clients = save();
        long savedAt = System.nanoTime();
        JsonNode job = synchronize();
        long doneAt = System.nanoTime();
        check(installation.engine().isThere("/console/sign-in"), "The console does not show its sign-in page.");
        JsonNode counted = installation.simulator().get("/simulator/summary");
        System.out.printf(Locale.ROOT, """

                Summary
                  devices read from Intune      %,d of %,d     (%.1f s, %d Graph requests)
                  clients in ACMP               %,d of %,d     (%.1f s after the scan)
                  job %s  %s; %d of %d devices really synchronized (%.1f s)
                  total time                    %.1f s

                The console: %s/console
                  sign in as anna (operator, administrator) or paul (approver), password %s

                Explore
                  workflow-engine    %s/api/v1/workflows   /api/v1/clients   /api/v1/jobs/%s
                                     Authorization: Bearer %s
                  connector-service  %s/api/v1/connectors/IntuneConnector_1
                                     Authorization: Bearer %s
                  health, metrics    %s/actuator/health   /actuator/prometheus
                  simulator          %s/simulator/summary
                  logs               %s
                """, read, devices, seconds(tokenAt, scanAt), counted.path("graphRequests").asInt(), clients, devices,
                seconds(scanAt, savedAt), job.path("id").asString(), job.path("state").asString(),
                job.path("outcome").path("done").asInt(), CHOSEN, seconds(savedAt, doneAt), seconds(start, doneAt),
                installation.engine().url(), installation.consolePassword(),
                installation.engine().url(), job.path("id").asString(), installation.engineToken(),
                installation.connector().url(), installation.connectorToken(), installation.engine().url(),
                installation.simulator().url(), installation.directory());
    }

    private void token() throws Exception {
        await("Entra has issued a token",
                () -> atLeast(installation.simulator().get("/simulator/summary").path("tokensIssued").asInt(), 1));
        say(begin, "1", "Entra verified the certificate's assertion and issued a token");
    }

    private int scan() throws Exception {
        int[] reported = {-1};
        JsonNode scan = await("the scan is finished", () -> {
            JsonNode last = installation.connector().get("/api/v1/connectors/IntuneConnector_1").path("lastScan");
            int pages = last.path("pages").asInt(0);
            if (pages > reported[0] && pages > 0) {
                reported[0] = pages;
                say(begin, "2", "scanning: page " + pages + ", " + last.path("read").asInt() + " devices read");
            }
            if (last.path("state").asString("").equals("FAILED")) {
                throw new DemoFailure("The scan failed: " + last.path("problem"));
            }
            return last.path("state").asString("").equals("FINISHED") ? Optional.of(last) : Optional.empty();
        });
        int read = scan.path("read").asInt();
        check(read == devices, "The scan read " + read + " of " + devices + " devices.");
        say(begin, "2", "Intune scanned: " + scan.path("added").asInt() + " devices in PostgreSQL, "
                + scan.path("quarantined").asInt() + " quarantined");
        return read;
    }

    private int save() throws Exception {
        int[] reported = {-1};
        await("ACMP has acknowledged every client", () -> {
            JsonNode server = installation.engine().get("/api/v1/workflows").path(0).path("servers").path(0);
            int acknowledged = server.path("acknowledged").asInt(0);
            if (acknowledged > reported[0]) {
                reported[0] = acknowledged;
                say(begin, "3", "saving in ACMP: " + acknowledged + " of " + server.path("clients").asInt());
            }
            return atLeast(acknowledged, devices);
        });
        JsonNode acmp = installation.simulator().get("/simulator/summary").path("acmp").path("ACMP-1");
        int clients = acmp.path("clients").asInt();
        check(clients == devices && acmp.path("mobileDevices").asInt() == devices,
                "ACMP counts " + acmp + " instead of " + devices + " each.");
        say(begin, "3", "ACMP has " + clients + " clients, each with its mobile device");
        return clients;
    }

    private JsonNode synchronize() throws Exception {
        List<String> chosen = chosenClients();
        JsonNode accepted = installation.engine()
                .post("/api/v1/query-actions", Map.of("queryAction", "SynchronizeIntuneDevices", "clientIds", chosen,
                        "requestedBy", "demo"), Map.of("Idempotency-Key", "demo-synchronize"));
        String id = accepted.path("id").asString("");
        check(!id.isEmpty(), "The engine did not accept the query action: " + accepted);
        say(begin, "4", "query action SynchronizeIntuneDevices on " + chosen.size() + " clients is job " + id);
        String[] reported = {""};
        JsonNode job = await("the devices of the job have checked in", () -> {
            JsonNode now = installation.engine().get("/api/v1/jobs/" + id);
            String outcome = now.path("state").asString("") + " " + now.path("outcome");
            if (!outcome.equals(reported[0])) {
                reported[0] = outcome;
                say(begin, "4", "job: " + outcome);
            }
            return now.path("outcome").path("done").asInt(0) == chosen.size() ? Optional.of(now) : Optional.empty();
        });
        check(job.path("state").asString("").equals("FINISHED"), "the job is " + job.path("state"));
        JsonNode counted = installation.simulator().get("/simulator/summary");
        check(counted.path("syncCommands").asInt() == chosen.size()
                && counted.path("devicesCheckedIn").asInt() == chosen.size(),
                "the simulator counts " + counted + ", and " + chosen.size() + " synchronized devices were expected");
        return job;
    }

    /** The clients of the first five observed devices, with ids as ACMP writes them. */
    private List<String> chosenClients() throws IOException, InterruptedException {
        Set<String> wanted = new LinkedHashSet<>();
        try (InputStream in = Demo.class.getResourceAsStream("/io/acmpintune/simulator/graph/observed-devices.json")) {
            JsonNode observed = JsonMapper.shared().readTree(in).path("value");
            observed.forEach(device -> wanted.add(device.path("id").asString()));
        }
        List<String> chosen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = installation.engine().get("/api/v1/clients?limit=1000" + after);
            for (JsonNode client : page.path("clients")) {
                if (wanted.contains(client.path("device").asString()) && chosen.size() < CHOSEN) {
                    chosen.add("{" + client.path("clientId").asString().toUpperCase(Locale.ROOT) + "}");
                }
            }
            after = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
        } while (!after.isEmpty());
        check(chosen.size() == CHOSEN, "Only " + chosen.size() + " of the observed devices are clients.");
        return chosen;
    }

    /** Waits as long as anything in the simulated world or at the engine progresses. */
    private <T> T await(String what, Callable<Optional<T>> probe) throws Exception {
        return Await.whileProgressing(STALL,
                () -> installation.simulator().get("/simulator/summary").toString()
                        + installation.simulator().get("/simulator/acmp"),
                line -> say(begin, "·", line)).value(what, probe);
    }

    private static Optional<Integer> atLeast(int value, int wanted) {
        return value >= wanted ? Optional.of(value) : Optional.empty();
    }

    private static void check(boolean holds, String failure) {
        if (!holds) {
            throw new DemoFailure(failure);
        }
    }

    private static void say(long begin, String step, String line) {
        System.out.printf(Locale.ROOT, "%6.1f s  [%s] %s%n", seconds(begin, System.nanoTime()), step, line);
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static void empty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
