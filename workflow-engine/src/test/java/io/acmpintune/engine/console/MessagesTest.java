package io.acmpintune.engine.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.ChainVerification;
import io.acmpintune.engine.publication.Holds;
import io.acmpintune.engine.publication.Runs;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.verification.SicsReport;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.verification.ConnectionReport;

import static org.assertj.core.api.Assertions.assertThat;

/** The texts of the pages: every one in both languages, and none too many. */
class MessagesTest {

    /** {@code #{a.b}} and {@code #{a.b(…)}}. */
    private static final Pattern USED = Pattern.compile("#\\{([a-z][A-Za-z0-9.-]*)[}(]");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d");

    @Test
    void bothLanguagesSayTheSame() throws IOException {
        Properties english = texts("/messages.properties");
        Properties german = texts("/messages_de.properties");

        assertThat(german.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        english.forEach((key, text) -> {
            assertThat(placeholders(german.get(key))).as("%s", key).isEqualTo(placeholders(text));
            assertThat(text + " " + german.get(key))
                    .as("an apostrophe means something else where there are values: %s", key)
                    .doesNotContain("'");
        });
    }

    @Test
    void everyTextOfATemplateIsThere() throws IOException {
        Set<Object> known = texts("/messages.properties").keySet();
        Set<String> missing = new TreeSet<>();
        for (Resource template : new PathMatchingResourcePatternResolver()
                .getResources("classpath:/templates/**/*.html")) {
            Matcher used = USED.matcher(template.getContentAsString(StandardCharsets.UTF_8));
            while (used.find()) {
                if (!known.contains(used.group(1))) {
                    missing.add(template.getFilename() + ": " + used.group(1));
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyMemberThatAPageShowsHasItsWord() throws IOException {
        Set<Object> known = texts("/messages.properties").keySet();

        assertThat(known).containsAll(words("event", AuditEventType.values()))
                .containsAll(words("target", AuditTarget.Kind.values()))
                .containsAll(words("fault", ChainVerification.Fault.values()))
                .containsAll(words("planKind", PlanKind.values()))
                .containsAll(words("hold.what", Guard.values()))
                .containsAll(words("holdState", Holds.State.values()))
                .containsAll(words("holdState", RemovalHold.State.values()))
                .containsAll(words("runState", Runs.State.values()))
                .containsAll(words("outcome", ConnectionReport.Outcome.values()))
                .containsAll(checks(ConnectionReport.Check.values()))
                .containsAll(checks(SicsReport.Check.values()));
    }

    private static List<String> words(String enumeration, Enum<?>[] members) {
        return Arrays.stream(members).map(member -> enumeration + "." + member.name()).toList();
    }

    private static List<String> checks(Enum<?>[] members) {
        return Arrays.stream(members).map(member -> "check." + member).toList();
    }

    private static Set<String> placeholders(@Nullable Object text) {
        Set<String> found = new HashSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(text));
        while (placeholder.find()) {
            found.add(placeholder.group());
        }
        return found;
    }

    private static Properties texts(String name) throws IOException {
        try (InputStream file = MessagesTest.class.getResourceAsStream(name)) {
            Properties texts = new Properties();
            texts.load(new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8));
            return texts;
        }
    }
}
