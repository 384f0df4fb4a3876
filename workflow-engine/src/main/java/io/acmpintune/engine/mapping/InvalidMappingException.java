package io.acmpintune.engine.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown if a mapping file cannot be used; lists all faults. */
public final class InvalidMappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized: whoever reads a mapping file catches it
    private final List<MappingFault> faults;

    InvalidMappingException(List<MappingFault> faults) {
        super(faults.stream().map(MappingFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** Returns the faults in the order of their lines. */
    public List<MappingFault> faults() {
        return faults;
    }
}
