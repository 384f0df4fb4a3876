package io.acmpintune.connector;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.documentation.ConfigurationKeys;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationDocumentationTest {

    @Test
    void everyKeyIsDocumentedWithItsDefaultAndNoOtherKeyIs() throws IOException {
        assertThat(ConfigurationKeys.documentedIn(Path.of("../docs/configuration.md"), "connector-service"))
                .isEqualTo(ConfigurationKeys.declaredBelow("io.acmpintune.connector"));
    }
}
