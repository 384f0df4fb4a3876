package io.acmpintune.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which packages may name which table in SQL. Owners read and write a table; readers only read it. */
class TableOwnershipTest {

    private static final Path SOURCES = Path.of("src/main/java/io/acmpintune/engine");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern CREATED = Pattern.compile("create (?:table|view) (\\w+)");
    private static final Pattern LITERAL = Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"",
            Pattern.DOTALL);
    private static final Pattern NAMED = Pattern
            .compile("(delete from|insert into|update|truncate|from|join)\\s+(\\w+)");
    private static final Set<String> WRITING = Set.of("delete from", "insert into", "update", "truncate");

    /** The tables of Spring Session, which its own JDBC repository reads and writes. */
    private static final Set<String> OF_LIBRARIES = Set.of("spring_session", "spring_session_attributes");

    private static final Map<String, Access> ALLOWED = Map.ofEntries(
            // each owner has columns of its own: the name, the device feed, the action feed
            table("workflow", "workflow inventory job.relay", "publication"),

            table("client", "inventory", "client job publication"),
            table("client_history", "inventory", "client"),
            table("device", "inventory", "client job publication"),
            table("device_decision", "inventory", ""),

            table("acknowledgement", "publication", "client job"),
            table("acknowledgement_state", "", "client publication"),
            table("command_schema", "publication", ""),
            table("guard_count", "publication", ""),
            table("held_client", "publication", ""),
            table("hold", "publication", ""),
            table("publication", "publication", ""),
            table("run", "publication", ""),

            table("job", "job", "job.relay queryaction"),
            table("job_target", "job job.relay", ""),
            table("foreign_action", "job.relay", ""),
            table("sics_answer", "queryaction", ""),
            table("sics_message", "queryaction", ""),

            table("safety_hand_over", "safety", ""),
            table("safety_lock", "safety", ""),
            table("safety_order", "safety", ""),
            table("emergency_stop", "safety", ""),
            table("emergency_stop_push", "safety", ""),
            table("safety_guard", "safety", ""),

            table("audit_entry", "audit", ""),
            table("audit_head", "audit", ""),
            table("webhook_delivery", "webhook", ""),
            table("credential_expiry", "alert", ""),
            table("outage", "alert", ""),
            table("signed_in_identity", "person", ""),
            table("sign_in_failure", "console.signin", ""));

    private record Access(Set<String> owners, Set<String> readers) {}

    private static Map.Entry<String, Access> table(String name, String owners, String readers) {
        return Map.entry(name, new Access(packages(owners), packages(readers)));
    }

    private static Set<String> packages(String names) {
        return names.isEmpty() ? Set.of() : Set.of(names.split(" "));
    }

    @Test
    void everyTableHasAnOwner() throws IOException {
        Set<String> tables = tables();
        tables.removeAll(OF_LIBRARIES);

        assertThat(ALLOWED.keySet()).containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void onlyTheListedPackagesNameATableAndAllOfThemDo() throws IOException {
        Map<String, Set<String>> owners = new TreeMap<>();
        Map<String, Set<String>> readers = new TreeMap<>();
        ALLOWED.forEach((table, access) -> {
            owners.put(table, new TreeSet<>(access.owners()));
            readers.put(table, new TreeSet<>(access.readers()));
        });
        Map<String, Set<String>> writing = new TreeMap<>();
        Map<String, Set<String>> reading = new TreeMap<>();
        ALLOWED.keySet().forEach(table -> {
            writing.put(table, new TreeSet<>());
            reading.put(table, new TreeSet<>());
        });
        for (Use use : uses()) {
            Objects.requireNonNull((use.writes() ? writing : reading).get(use.table())).add(use.inPackage());
        }
        ALLOWED.forEach((table, access) -> {
            Set<String> writers = Objects.requireNonNull(writing.get(table));
            Set<String> others = Objects.requireNonNull(reading.get(table));
            others.removeAll(writers);
            // an owner need not write everything that it reads
            writers.addAll(others.stream().filter(access.owners()::contains).toList());
            others.removeAll(access.owners());
        });

        assertThat(writing).as("owners").isEqualTo(owners);
        assertThat(reading).as("readers").isEqualTo(readers);
    }

    private record Use(String table, String inPackage, boolean writes) {}

    private static Set<Use> uses() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(TableOwnershipTest::uses)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Use> uses(Path file) {
        Path folder = SOURCES.relativize(file.getParent());
        String inPackage = folder.toString().replace('/', '.');
        return LITERAL.matcher(read(file))
                .results()
                .map(literal -> literal.group(1) == null ? literal.group(2) : literal.group(1))
                .flatMap(literal -> NAMED.matcher(literal.replaceAll("\\s+", " ")).results())
                .filter(named -> ALLOWED.containsKey(named.group(2)))
                .map(named -> new Use(named.group(2), inPackage, WRITING.contains(named.group(1))));
    }

    private static Set<String> tables() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.map(TableOwnershipTest::read)
                    .map(CREATED::matcher)
                    .flatMap(Matcher::results)
                    .map((MatchResult created) -> created.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
