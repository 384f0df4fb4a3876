package io.acmpintune.engine.person;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/**
 * The identities of each configured person. The case of identities does not matter.
 *
 * @param persons names by identity, in lower case
 */
record Ties(Map<String, String> persons) {

    static final Ties NONE = new Ties(Map.of());

    private static final String KEY = "engine.persons";
    private static final String ACMP = "acmp:";
    private static final Pattern IDENTITY = Pattern.compile("(?i)(token|user|entra|oidc|acmp):\\S.*");
    private static final int LONGEST_NAME = 100;

    Ties {
        persons = Map.copyOf(persons);
    }

    /**
     * Reads the configured persons; there may be none.
     *
     * @throws InvalidConfigurationException with every fault found
     */
    static Ties read(List<PersonProperties> configured) {
        List<ConfigurationFault> faults = new ArrayList<>();
        Map<String, String> persons = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < configured.size(); i++) {
            String place = KEY + "[" + i + "].";
            String name = Objects.requireNonNullElse(configured.get(i).name(), "").strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                faults.add(new ConfigurationFault(place + "name", "'" + name + "' is no name of a person",
                        "Set 1 to " + LONGEST_NAME + " characters"));
            } else if (!names.add(name)) {
                faults.add(new ConfigurationFault(place + "name", "there is another person '" + name + "'",
                        "List all identities of a person in one entry, and give two persons different names"));
            }
            read(place + "identities", name, configured.get(i).identities(), persons, faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidConfigurationException(faults);
        }
        return new Ties(persons);
    }

    private static void read(String key, String name, List<String> identities, Map<String, String> persons,
            List<ConfigurationFault> faults) {
        if (identities.isEmpty()) {
            faults.add(new ConfigurationFault(key, "is empty, so the entry says nothing",
                    "List the person's identities, such as user:anna and acmp:CONTOSO\\anna"));
        }
        for (String identity : identities) {
            if (!IDENTITY.matcher(identity.strip()).matches()) {
                faults.add(new ConfigurationFault(key, "'" + identity + "' is no identity",
                        "Begin it with token:, user:, entra:, oidc: or acmp:"));
                continue;
            }
            String other = persons.putIfAbsent(uniform(identity), name);
            if (other != null && !other.equals(name)) {
                faults.add(new ConfigurationFault(key, "'" + identity + "' is an identity of " + other + ", too",
                        "Give each identity to one person; a credential that several people use belongs to nobody"));
            }
        }
    }

    static String uniform(String identity) {
        return identity.strip().toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return persons.isEmpty();
    }

    /** Returns the person of an authenticated identity; empty if it is tied to nobody. */
    Optional<String> personOf(String identity) {
        return Optional.ofNullable(persons.get(uniform(identity)));
    }

    /** Returns the person whom ACMP means by a name; empty if the name is tied to nobody. */
    Optional<String> personOfAcmp(String name) {
        return personOf(ACMP + name.strip());
    }

    /** Returns whether a person can order through ACMP. */
    boolean usesAcmp(String person) {
        return identitiesOf(person).stream().anyMatch(identity -> identity.startsWith(ACMP));
    }

    /** Returns a person's identities, in lower case. */
    Set<String> identitiesOf(String person) {
        return persons.entrySet()
                .stream()
                .filter(tie -> tie.getValue().equals(person))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
