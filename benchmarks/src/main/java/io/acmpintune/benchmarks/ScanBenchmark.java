package io.acmpintune.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.demo.Installation;
import io.acmpintune.simulator.demo.Await;

/**
 * Measures scans of a large tenant by the connector's jar (256 MB of heap, a real PostgreSQL, the simulator in place of
 * Microsoft). In the same run it measures, alternately, the Graph SDK's PageIterator, which reads the same pages and
 * stores nothing.
 */
public final class ScanBenchmark {

    private static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(\\d+M\\)");

    private final Installation installation;
    private final Connection database;
    private final int devices;

    private ScanBenchmark(Installation installation, Connection database, int devices) {
        this.installation = installation;
        this.database = database;
        this.devices = devices;
    }

    /** The duration and calls of a scan by the connector's account, and the rows written by the database's. */
    private record Measured(Duration duration, int graphCalls, int written) {}

    /** The durations of one measurement, one per round. */
    private record Series(String name, List<Duration> rounds) {
        Duration median() {
            return rounds.stream().sorted().toList().get(rounds.size() / 2);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int devices = Integer.getInteger("bench.devices", 50_000);
        int rounds = Integer.getInteger("bench.rounds", 5);
        Path directory = Path.of(System.getProperty("bench.directory", "target/bench"))
                .resolve("run-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        print("Scans of %,d devices, %s, Java %s, %d processors, connector and SDK with -Xmx256m each".formatted(
                devices,
                LocalDate.now(ZoneOffset.UTC), Runtime.version(), Runtime.getRuntime().availableProcessors()));
        // the first scan warms up the simulator for both
        try (Installation installation = Installation.start(plan(directory, devices, null), _ -> {});
                Connection database = DriverManager.getConnection(installation.databaseUrl())) {
            ScanBenchmark benchmark = new ScanBenchmark(installation, database, devices);
            benchmark.firstScan();
            fresh(directory, devices, rounds);
            benchmark.warm(directory, rounds);
        }
    }

    private static Installation.Plan plan(Path directory, int devices, @Nullable Path simulator) {
        return new Installation.Plan(directory, Path.of(System.getProperty("bench.connector-jar")), null, devices,
                Duration.ofSeconds(5), simulator);
    }

    /** Measures single scans, each in a new JVM. */
    private static void fresh(Path directory, int devices, int rounds) throws Exception {
        Series storing = new Series("connector, empty database, everything stored", new ArrayList<>());
        Series reading = new Series("SDK's PageIterator, nothing stored", new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            Path own = directory.resolve("fresh-" + round);
            try (Installation installation = Installation.start(plan(own, devices, directory), _ -> {});
                    Connection database = DriverManager.getConnection(installation.databaseUrl())) {
                Measured first = new ScanBenchmark(installation, database, devices).firstScan();
                check(first.graphCalls() <= 55 || devices > 50_000, "a full scan takes 55 calls at most");
                storing.rounds().add(first.duration());
            }
            try (Competitor sdk = Competitor.start(directory, directory.resolve("sdk-" + round + ".log"))) {
                reading.rounds().add(sdk.read(devices));
            }
        }
        print("Medians of %d alternating rounds, each in a fresh JVM:".formatted(rounds));
        report(reading, devices);
        report(storing, devices);
        print("  connector : SDK, while storing                %.2f"
                .formatted(ratio(reading.median(), storing.median())));
    }

    /** Measures repeated scans in warm JVMs. */
    private void warm(Path directory, int rounds) throws Exception {
        Series reading = new Series("SDK's PageIterator, nothing stored", new ArrayList<>());
        Series storing = new Series("connector, empty table, everything stored", new ArrayList<>());
        Series comparing = new Series("connector, nothing changed, 0 rows written", new ArrayList<>());
        int calls = 0;
        try (Competitor sdk = Competitor.start(directory, directory.resolve("sdk.log"))) {
            sdk.read(devices);
            for (int round = 0; round < rounds; round++) {
                reading.rounds().add(sdk.read(devices));
                execute("truncate connector.device");
                Measured stored = scan();
                check(stored.written() == devices, "a scan into an empty table writes every device");
                storing.rounds().add(stored.duration());
                Measured unchanged = scan();
                check(unchanged.written() == 0, "an unchanged scan writes nothing");
                comparing.rounds().add(unchanged.duration());
                calls = Math.max(calls, unchanged.graphCalls());
            }
        }
        print("Medians of %d alternating rounds, both warm:".formatted(rounds));
        report(reading, devices);
        report(storing, devices);
        report(comparing, devices);
        print("  connector : SDK, while storing                %.2f"
                .formatted(ratio(reading.median(), storing.median())));
        print("  connector : SDK, nothing changed              %.2f"
                .formatted(ratio(reading.median(), comparing.median())));
        print("Graph calls per full scan: %d; connector's peak heap before a collection: %d MB".formatted(calls,
                peakHeap()));
    }

    private static void report(Series series, int devices) {
        Duration median = series.median();
        print(String.format(Locale.ROOT, "  %-45s %6.2f s  %,7.0f devices/s", series.name(), median.toMillis() / 1000.0,
                devices * 1000.0 / Math.max(1, median.toMillis())));
    }

    private Measured firstScan() throws Exception {
        JsonNode scan = Await.until("the first scan has ended", () -> ended(0));
        return new Measured(Duration.parse(scan.path("duration").asString()), scan.path("graphCalls").asInt(),
                devices);
    }

    private Measured scan() throws Exception {
        long before = installation.connector().get(CONNECTOR).path("lastScan").path("id").asLong();
        String transaction = text("select pg_current_xact_id()::text");
        installation.connector().post(CONNECTOR + "/scans", Map.of(), Map.of());
        JsonNode scan = Await.until("the scan has ended", () -> ended(before));
        // each row names the transaction that wrote it
        int written = Integer.parseInt(text(
                "select count(*)::text from connector.device where xmin::text::bigint > " + transaction));
        return new Measured(Duration.parse(scan.path("duration").asString()), scan.path("graphCalls").asInt(),
                written);
    }

    private Optional<JsonNode> ended(long before) throws Exception {
        JsonNode scan = installation.connector().get(CONNECTOR).path("lastScan");
        if (scan.path("id").asLong(0) <= before || scan.path("state").asString("").equals("RUNNING")) {
            return Optional.empty();
        }
        check(scan.path("state").asString("").equals("FINISHED") && scan.path("read").asInt() == devices,
                "a scan reads every device, but: " + scan);
        return Optional.of(scan);
    }

    private String text(String query) throws SQLException {
        try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(command);
        }
    }

    private int peakHeap() throws IOException {
        Matcher collections = COLLECTION
                .matcher(Files.readString(installation.directory().resolve("connector-service-gc.log")));
        int peak = 0;
        while (collections.find()) {
            peak = Math.max(peak, Integer.parseInt(collections.group(1)));
        }
        return peak;
    }

    private static double ratio(Duration sdk, Duration ours) {
        return (double) sdk.toMillis() / Math.max(1, ours.toMillis());
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("Expected, but not true: " + what);
        }
    }
}
