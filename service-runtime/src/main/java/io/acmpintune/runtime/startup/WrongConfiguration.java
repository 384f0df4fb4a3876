package io.acmpintune.runtime.startup;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be worked with; carries every fault found, so that one look repairs them all. */
public final class WrongConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized: it ends the start
    private final List<ConfigurationFault> faults;

    public WrongConfiguration(List<ConfigurationFault> faults) {
        super(faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<ConfigurationFault> faults() {
        return faults;
    }
}
