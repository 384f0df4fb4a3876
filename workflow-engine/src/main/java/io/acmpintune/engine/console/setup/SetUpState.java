package io.acmpintune.engine.console.setup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.convert.DurationStyle;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.Workflow;

/**
 * The values entered so far, as in the page's address, without secrets.
 *
 * @param values of all fields by name
 */
record SetUpState(String workflow, Step step, Map<String, String> values) {

    static final List<String> CLOUDS = List.of("global", "us-gov-l4", "us-gov-l5", "china", "custom");
    static final String CERTIFICATE = "certificate";
    static final String CLIENT_SECRET = "client-secret";
    static final String ON_REQUEST = "on-request";
    static final String ALL_SERVERS = "*";

    private static final int LONGEST = 300;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern ENDPOINT = Pattern.compile("https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,100}");

    SetUpState {
        values = Map.copyOf(values);
    }

    /** Ignores unknown fields of the address, such as a secret that somebody put there. */
    static SetUpState read(Workflow workflow, Map<String, String> parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        defaults(workflow).forEach((field, otherwise) -> {
            String given = parameters.getOrDefault(field, otherwise).strip();
            values.put(field, given.substring(0, Math.min(given.length(), LONGEST)));
        });
        return new SetUpState(workflow.name(),
                Step.of(parameters.getOrDefault("step", "")).orElse(Step.PREREQUISITES), values);
    }

    private static Map<String, String> defaults(Workflow workflow) {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("connector", workflow.connector());
        defaults.put("name", workflow.name());
        defaults.put("server",
                workflow.servers().size() == 1 ? workflow.servers().getFirst().id() : ALL_SERVERS);
        defaults.put("definition", workflow.ondemandDefinition());
        defaults.put("tenant", "");
        defaults.put("client", "");
        defaults.put("authentication", CERTIFICATE);
        defaults.put("cloud", "global");
        defaults.put("login", "");
        defaults.put("graph", "");
        defaults.put("bundle", "");
        defaults.put("incremental", "15m");
        defaults.put("full", "24h");
        defaults.put("apply", ON_REQUEST);
        return defaults;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** Returns the values that a form passes on in addition to its own fields. */
    public Map<String, String> beside(String... own) {
        Map<String, String> kept = new LinkedHashMap<>(values);
        List.of(own).forEach(kept::remove);
        return kept;
    }

    public boolean byCertificate() {
        return !value("authentication").equals(CLIENT_SECRET);
    }

    public boolean isCustomCloud() {
        return value("cloud").equals("custom");
    }

    SetUpState at(Step other) {
        return new SetUpState(workflow, other, values);
    }

    /** Returns the address of a step with all values. */
    public String address(Step other) {
        return address("/console/set-up", other);
    }

    /** Returns the address of a check or the sample with all values. */
    public String address(String part) {
        return address("/console/set-up/" + part, step);
    }

    private String address(String path, Step other) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("workflow", workflow);
        said.put("step", other.key());
        said.putAll(values);
        return said.entrySet()
                .stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("&", path + "?", ""));
    }

    /** Returns the first earlier step with a fault, else this one. */
    Step reachable(Workflow of) {
        for (Step before : Step.values()) {
            if (before == step || !faults(before, of).isEmpty()) {
                return before;
            }
        }
        return step;
    }

    /** Returns the faults of a step: keys of texts by the names of the fields. */
    Map<String, String> faults(Step of, Workflow configured) {
        Faults faults = new Faults();
        switch (of) {
            case PREREQUISITES, CONNECTION, FINISH -> {
                // has no fields
            }
            case CONNECTOR -> {
                faults.check("connector", matches(NAME));
                faults.check("name", matches(NAME));
                faults.check("server", server -> server.equals(ALL_SERVERS)
                        || configured.servers().stream().map(AcmpServer::id).anyMatch(server::equals));
                faults.check("definition", matches(PRINTABLE));
            }
            case AUTHENTICATION -> {
                faults.check("tenant", matches(GUID));
                faults.check("client", matches(GUID));
                faults.check("authentication", Set.of(CERTIFICATE, CLIENT_SECRET)::contains);
                faults.check("cloud", CLOUDS::contains);
                faults.check("login", login -> !isCustomCloud() || matches(ENDPOINT).test(login));
                faults.check("graph", graph -> !isCustomCloud() || matches(ENDPOINT).test(graph));
                faults.check("bundle", bundle -> bundle.isEmpty() || matches(NAME).test(bundle));
            }
            case SCANNER -> {
                // the limits of the connector-service
                faults.check("incremental", interval -> isInterval(interval, Duration.ofSeconds(10)));
                faults.check("full", interval -> isInterval(interval, Duration.ofMinutes(1)));
                faults.check("apply", Set.of("automatic", ON_REQUEST)::contains);
            }
        }
        return faults.found;
    }

    private static Predicate<String> matches(Pattern pattern) {
        return pattern.asMatchPredicate();
    }

    private static boolean isInterval(String text, Duration shortest) {
        try {
            Duration interval = DurationStyle.detectAndParse(text);
            return interval.compareTo(shortest) >= 0 && interval.compareTo(Duration.ofDays(366)) <= 0;
        } catch (IllegalArgumentException | ArithmeticException _) {
            return false;
        }
    }

    private final class Faults {

        private final Map<String, String> found = new LinkedHashMap<>();

        void check(String field, Predicate<String> right) {
            if (!right.test(value(field))) {
                found.put(field, "set-up.wrong." + field);
            }
        }
    }
}
