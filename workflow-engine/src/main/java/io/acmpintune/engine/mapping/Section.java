package io.acmpintune.engine.mapping;

import java.util.Arrays;
import java.util.Optional;

/** The parts of a mapping, one per record that ACMP keeps of a client. */
public enum Section {
    CLIENT("client", "SaveClients"), MOBILE_DEVICE("mobile-device", "SaveMobileDevices");

    private final String key;
    private final String command;

    Section(String key, String command) {
        this.key = key;
        this.command = command;
    }

    static Optional<Section> named(String key) {
        return Arrays.stream(values()).filter(section -> section.key.equals(key)).findFirst();
    }

    /** Returns its name in mapping files. */
    public String key() {
        return key;
    }

    /** Returns ACMP's command that saves its records. */
    public String command() {
        return command;
    }
}
