package io.acmpintune.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.documentation.ConfigurationKeys;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationDocumentationTest {

    @Test
    void everyKeyIsDocumentedWithItsDefaultAndNoOtherKeyIs() throws IOException, ClassNotFoundException {
        SortedMap<String, String> declared = ConfigurationKeys.declaredBelow("io.acmpintune.engine");
        // bound by name, without an annotation, and package-private
        declared.putAll(ConfigurationKeys.declaredBy("engine.webhooks.<name>",
                Class.forName("io.acmpintune.engine.webhook.WebhookProperties")));
        declared.putAll(ConfigurationKeys.declaredBy("engine.persons[]",
                Class.forName("io.acmpintune.engine.person.PersonProperties")));
        assertThat(ConfigurationKeys.documentedIn(Path.of("../docs/configuration.md"), "workflow-engine"))
                .isEqualTo(declared);
    }
}
