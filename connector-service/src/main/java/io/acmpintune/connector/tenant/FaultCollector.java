package io.acmpintune.connector.tenant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.ConfigurationFaults;

/** Collects the faults of one connector. */
final class FaultCollector {

    private final List<ConfigurationFault> faults = new ArrayList<>();

    /** Collects violated constraints of the properties. */
    FaultCollector(String prefix, Object properties) {
        faults.addAll(ConfigurationFaults.of(prefix, properties).all());
    }

    void add(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(key, reason, remedy));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Returns the faults in the order of their keys. */
    List<ConfigurationFault> all() {
        return faults.stream().sorted(Comparator.comparing(ConfigurationFault::key)).toList();
    }
}
