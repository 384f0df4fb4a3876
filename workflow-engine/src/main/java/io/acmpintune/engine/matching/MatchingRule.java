package io.acmpintune.engine.matching;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A rule by which a device is matched to a client, in the default order. */
public enum MatchingRule {

    /** The device has been the client before. */
    OWN_LINK("own-link"),
    /** An operator decided it. */
    PIN("pin"),
    /** Entra ID registered both as the same device. */
    ENTRA_DEVICE_ID("entra-device-id"),
    /** Serial number and manufacturer are the same. */
    SERIAL_NUMBER("serial-number"),
    /** Name, domain, user and model are the same, and no other device can be meant. */
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
