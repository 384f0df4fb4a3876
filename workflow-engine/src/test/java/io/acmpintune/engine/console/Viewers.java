package io.acmpintune.engine.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.context.support.ResourceBundleMessageSource;

import io.acmpintune.engine.person.Persons;

/** Who looks at a page, for tests of other packages. */
public final class Viewers {

    private Viewers() {}

    public static Times inBerlin() {
        return Times.of("Europe/Berlin", Locale.ENGLISH);
    }

    /** A page with nobody before it. */
    public static Frame frame() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        return new Frame(null, Set.of(), "en", "auto", inBerlin(), new Labels(messages, Locale.ENGLISH),
                Persons.Names.NONE, List.of("W_1"),
                "W_1", List.of(), List.of(), "/console", "");
    }
}
