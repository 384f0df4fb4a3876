package io.acmpintune.engine.console;

import java.util.Locale;

/** Who looks at a page, for tests of other packages. */
public final class Viewers {

    private Viewers() {}

    public static Times inBerlin() {
        return Times.of("Europe/Berlin", Locale.ENGLISH);
    }
}
