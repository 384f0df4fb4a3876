package io.acmpintune.runtime.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemKindTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern
            .compile("(?m)^\\| `([a-z-]+)` \\| ([^|]+) \\| (\\d+|–) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern QUOTE = Pattern.compile("(?m)^> (.+)$");
    /** A kind that is given to a problem, and not one that is compared. */
    private static final Pattern MADE = Pattern.compile("(?<![=!]= )\\bProblemKind\\.([A-Z_]+)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"connector-service", "workflow-engine"})
    void everyKindIsMadeAtOneSitePerService(String service) {
        Map<String, List<String>> sites = new TreeMap<>();
        Stream.of("service-runtime", service).flatMap(ProblemKindTest::sources).forEach(source -> {
            for (MatchResult made : MADE.matcher(read(source)).results().toList()) {
                sites.computeIfAbsent(made.group(1), _ -> new ArrayList<>()).add(source.getFileName().toString());
            }
        });

        assertThat(sites).isNotEmpty().allSatisfy((kind, files) -> assertThat(files).as(kind).hasSize(1));
    }

    @Test
    void everyKindIsMadeBySomeService() {
        String sources = Stream.of("service-runtime", "connector-service", "workflow-engine")
                .flatMap(ProblemKindTest::sources)
                .map(ProblemKindTest::read)
                .collect(Collectors.joining());

        assertThat(ProblemKind.values()).filteredOn(kind -> !sources.contains("ProblemKind." + kind.name()))
                .containsExactly(ProblemKind.UNRECOGNIZED);
    }

    @Test
    void theDocumentationListsExactlyTheKindsWithTheirTitlesAndStatus() {
        Map<String, String> documented = ROW.matcher(documentation())
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) + " " + row.group(3)));

        assertThat(documented).isEqualTo(Arrays.stream(ProblemKind.values())
                .collect(Collectors.toMap(ProblemKind::text,
                        kind -> kind.title() + " " + (kind.status() == 0 ? "–" : kind.status()))));
    }

    @Test
    void theMessagesThatTheDocumentationQuotesAreThoseOfTheServices() {
        String sources = Stream.of("service-runtime", "connector-service", "workflow-engine")
                .flatMap(ProblemKindTest::sources)
                .map(ProblemKindTest::read)
                .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", ""))
                .collect(Collectors.joining());
        List<String> fragments = QUOTE.matcher(documentation())
                .results()
                .flatMap(quote -> Arrays.stream(quote.group(1).split("…")))
                .filter(fragment -> fragment.length() > 3)
                .toList();

        assertThat(fragments).hasSizeGreaterThan(15);
        assertThat(fragments).filteredOn(fragment -> !sources.contains(fragment)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ProblemKind.class)
    void aProblemHasTheTextOfItsKindOnTheWire(ProblemKind kind) {
        Problem problem = Problem.of(kind, 400, "What happened.", "What to do.");

        String json = JsonMapper.shared().writeValueAsString(problem);

        assertThat(json).contains("\"type\":\"urn:acmp-intune:problem:" + kind.text() + "\"",
                "\"title\":\"" + kind.title() + "\"", "\"status\":400");
        assertThat(JsonMapper.shared().readValue(json, Problem.class)).isEqualTo(problem);
        assertThat(problem.kind()).isEqualTo(kind);
    }

    @Test
    void aKindOfANewerVersionStaysReadable() {
        Problem problem = JsonMapper.shared().readValue("""
                {"type":"urn:acmp-intune:problem:not-invented-yet","title":"New","status":409,"detail":"It is new.",
                 "remedy":"Update."}""", Problem.class);

        assertThat(problem.kind()).isEqualTo(ProblemKind.UNRECOGNIZED);
        assertThat(problem.kindText()).isEqualTo("not-invented-yet");
        assertThat(JsonMapper.shared().writeValueAsString(problem.withStatus(502)))
                .contains("urn:acmp-intune:problem:not-invented-yet", "\"title\":\"New\"", "\"status\":502");
    }

    @Test
    void textsOfKindsAreUnique() {
        assertThat(
                Arrays.stream(ProblemKind.values()).collect(Collectors.toMap(ProblemKind::text, Function.identity())))
                .hasSize(ProblemKind.values().length);
    }

    private static String documentation() {
        return read(ROOT.resolve("docs/troubleshooting.md"));
    }

    private static Stream<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
