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
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job, to be watched: Intune's devices become ACMP clients, and one action goes back. What it claims it reads from the
 * services' APIs and checks against what the simulator counted.
 */
public final class Demo {

    private static final Duration A_STEP = Duration.ofMinutes(5);
    private static final int CHOSEN = 5;

    private final Installation installation;
    private final int devices;
    private final long begin;

    private Demo(Installation installation, int devices, long begin) {
        this.installation = installation;
        this.devices = devices;
        this.begin = begin;
    }

    /**
     * Runs it. System properties: {@code demo.devices} (2000), {@code demo.exit} (false: keep running until Ctrl-C),
     * {@code demo.directory}, {@code demo.connector-jar}, {@code demo.engine-jar}. Ends with 0 when all four steps held,
     * else with 1.
     */
    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        int devices = Integer.getInteger("demo.devices", 2000);
        Path directory = Path.of(System.getProperty("demo.directory", "target/demo")).toAbsolutePath();
        empty(directory);
        System.out.println("ACMP Intune Connector: the main job, with " + devices + " simulated devices");
        try (Installation installation = Installation.start(
                new Installation.Plan(directory, Path.of(System.getProperty("demo.connector-jar")),
                        Path.of(System.getProperty("demo.engine-jar")), devices, Duration.ofSeconds(1), null),
                line -> say(begin, "·", line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
            // Maven that is ended by other means than Ctrl-C does not end what it started
            ProcessHandle.current().parent().ifPresent(Demo::endWith);
            new Demo(installation, devices, begin).run();
            if (!Boolean.getBoolean("demo.exit")) {
                System.out.println("It keeps running; Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
        } catch (DemoFailure | IOException e) {
            System.out.println("FAILED: " + e.getMessage());
            System.out.println("The logs are in " + directory);
            System.exit(1);
        }
        System.exit(0);
    }

    private static void endWith(ProcessHandle parent) {
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
        hold(installation.engine().isThere("/console/sign-in"), "the console does not ask anybody to sign in");
        JsonNode counted = installation.simulator().get("/simulator/summary");
        System.out.printf(Locale.ROOT, """

                Summary
                  devices read from Intune      %,d of %,d     (%.1f s, %d Graph requests in all)
                  clients in ACMP               %,d of %,d     (%.1f s after the scan)
                  job %s  %s; %d of %d devices really synchronized (%.1f s)
                  time in all                   %.1f s

                The console: %s/console
                  sign in as anna (operator, administrator) or paul (approver), password %s

                To look at
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
        Await.until("Entra issued a token for the signed certificate assertion", A_STEP,
                () -> atLeast(installation.simulator().get("/simulator/summary").path("tokensIssued").asInt(), 1));
        say(begin, "1", "Entra verified the certificate's assertion and issued a token");
    }

    private int scan() throws Exception {
        int[] told = {-1};
        JsonNode scan = Await.until("the scan is finished", A_STEP, () -> {
            JsonNode last = installation.connector().get("/api/v1/connectors/IntuneConnector_1").path("lastScan");
            int pages = last.path("pages").asInt(0);
            if (pages > told[0] && pages > 0) {
                told[0] = pages;
                say(begin, "2", "scanning: page " + pages + ", " + last.path("read").asInt() + " devices read");
            }
            if (last.path("state").asString("").equals("FAILED")) {
                throw new DemoFailure("The scan failed: " + last.path("problem"));
            }
            return last.path("state").asString("").equals("FINISHED") ? Optional.of(last) : Optional.empty();
        });
        int read = scan.path("read").asInt();
        hold(read == devices, "the scan read " + read + " of " + devices + " devices");
        say(begin, "2", "Intune is scanned: " + scan.path("added").asInt() + " devices in PostgreSQL, "
                + scan.path("quarantined").asInt() + " quarantined");
        return read;
    }

    private int save() throws Exception {
        int[] told = {-1};
        Await.until("every client is acknowledged by ACMP", A_STEP, () -> {
            JsonNode server = installation.engine().get("/api/v1/workflows").path(0).path("servers").path(0);
            int acknowledged = server.path("acknowledged").asInt(0);
            if (acknowledged > told[0]) {
                told[0] = acknowledged;
                say(begin, "3", "saving in ACMP: " + acknowledged + " of " + server.path("clients").asInt());
            }
            return atLeast(acknowledged, devices);
        });
        JsonNode acmp = installation.simulator().get("/simulator/summary").path("acmp").path("ACMP-1");
        int clients = acmp.path("clients").asInt();
        hold(clients == devices && acmp.path("mobileDevices").asInt() == devices,
                "ACMP counts " + acmp + ", and " + devices + " were expected");
        say(begin, "3", "ACMP has " + clients + " clients, each with its mobile device");
        return clients;
    }

    private JsonNode synchronize() throws Exception {
        List<String> chosen = chosenClients();
        JsonNode accepted = installation.engine()
                .post("/api/v1/query-actions", Map.of("queryAction", "SynchronizeIntuneDevices", "clientIds", chosen,
                        "requestedBy", "demo"), Map.of("Idempotency-Key", "demo-synchronize"));
        String id = accepted.path("id").asString("");
        hold(!id.isEmpty(), "the query action was not taken: " + accepted);
        say(begin, "4", "query action SynchronizeIntuneDevices on " + chosen.size() + " clients is job " + id);
        String[] told = {""};
        JsonNode job = Await.until("the job's devices have checked in", A_STEP, () -> {
            JsonNode now = installation.engine().get("/api/v1/jobs/" + id);
            String outcome = now.path("state").asString("") + " " + now.path("outcome");
            if (!outcome.equals(told[0])) {
                told[0] = outcome;
                say(begin, "4", "job: " + outcome);
            }
            return now.path("outcome").path("done").asInt(0) == chosen.size() ? Optional.of(now) : Optional.empty();
        });
        hold(job.path("state").asString("").equals("FINISHED"), "the job is " + job.path("state"));
        JsonNode counted = installation.simulator().get("/simulator/summary");
        hold(counted.path("syncCommands").asInt() == chosen.size()
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
        hold(chosen.size() == CHOSEN, "only " + chosen.size() + " of the observed devices are clients");
        return chosen;
    }

    private static Optional<Integer> atLeast(int value, int wanted) {
        return value >= wanted ? Optional.of(value) : Optional.empty();
    }

    private static void hold(boolean holds, String else_) {
        if (!holds) {
            throw new DemoFailure(else_);
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
