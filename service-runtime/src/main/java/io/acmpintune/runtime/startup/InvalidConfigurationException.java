package io.acmpintune.runtime.startup;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is invalid. Carries every fault found, so that all can be corrected at once. */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized: it ends the start
    private final List<ConfigurationFault> faults;

    public InvalidConfigurationException(List<ConfigurationFault> faults) {
        super(faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<ConfigurationFault> faults() {
        return faults;
    }
}
