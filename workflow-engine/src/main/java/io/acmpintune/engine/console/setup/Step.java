package io.acmpintune.engine.console.setup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of the way, in their order: those of the installation wizard in Aagon's manual. */
enum Step {
    PREREQUISITES(1), CONNECTOR(2), AUTHENTICATION(3), CONNECTION(4), SCANNER(5), FINISH(6);

    private final int number;

    Step(int number) {
        this.number = number;
    }

    static Optional<Step> of(String key) {
        return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
    }

    /** As addresses and texts name it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int number() {
        return number;
    }

    /** The step behind this one; the last is its own. */
    Step next() {
        return at(number + 1);
    }

    /** The step before this one; the first is its own. */
    public Step previous() {
        return at(number - 1);
    }

    private Step at(int wanted) {
        return Arrays.stream(values()).filter(step -> step.number == wanted).findFirst().orElse(this);
    }
}
