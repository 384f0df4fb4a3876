package io.acmpintune.engine.matching;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can make a device the client that it is; in the order that is the default. */
public enum MatchingRule {

    /** The device has been the client before. */
    OWN_LINK("own-link"),
    /** An operator said so. */
    PIN("pin"),
    /** Entra ID registered both as the same device. */
    ENTRA_DEVICE_ID("entra-device-id"),
    /** Serial number and manufacturer are the same. */
    SERIAL_NUMBER("serial-number"),
    /** Name, domain, user and kind of device are the same, and nothing else can be meant. */
    NAME_AND_DOMAIN("name-and-domain");

    private final String key;

    MatchingRule(String key) {
        this.key = key;
    }

    /** Its name in the configuration and the API. */
    public String key() {
        return key;
    }

    public static Optional<MatchingRule> of(String key) {
        return Arrays.stream(values()).filter(rule -> rule.key.equals(key)).findFirst();
    }

    /** The names of all rules, in the order that is the default. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(MatchingRule::key).toList();
    }
}
