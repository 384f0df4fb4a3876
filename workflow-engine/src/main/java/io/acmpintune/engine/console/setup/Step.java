package io.acmpintune.engine.console.setup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps in order, as in the installation wizard of Aagon's manual. */
enum Step {
    PREREQUISITES(1), CONNECTOR(2), AUTHENTICATION(3), CONNECTION(4), SCANNER(5), FINISH(6);

    private final int number;

    Step(int number) {
        this.number = number;
    }

    static Optional<Step> of(String key) {
        return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
    }

    /** Returns the name in addresses and keys of texts. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int number() {
        return number;
    }

    /** Returns the next step; the last one returns itself. */
    Step next() {
        return at(number + 1);
    }

    /** Returns the previous step; the first one returns itself. */
    public Step previous() {
        return at(number - 1);
    }

    private Step at(int wanted) {
        return Arrays.stream(values()).filter(step -> step.number == wanted).findFirst().orElse(this);
    }
}
