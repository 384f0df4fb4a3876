package io.acmpintune.engine.console;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.springframework.context.support.ResourceBundleMessageSource;

/** The console's words for tests of its other packages. */
public final class TestLabels {

    private TestLabels() {}

    public static Labels of(Locale locale) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return new Labels(messages, locale);
    }
}
