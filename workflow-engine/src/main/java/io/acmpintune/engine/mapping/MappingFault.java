package io.acmpintune.engine.mapping;

/** A mapping file that cannot be used; the message names file, line, what is wrong and what would be right. */
public final class MappingFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingFault(String file, int line, String reason) {
        super(file + ", line " + line + ": " + reason);
    }

    MappingFault(String file, String reason) {
        super(file + ": " + reason);
    }
}
