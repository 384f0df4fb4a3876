package io.acmpintune.engine.mapping;

/**
 * One thing wrong with a mapping.
 *
 * @param file the file's name, as configured
 * @param line where in the file, from 1; 0 = no line in particular
 * @param reason what is wrong
 * @param remedy what to write instead
 */
public record MappingFault(String file, int line, String reason, String remedy) {

    /** Where and what, as in {@code own.yml, line 5: a device has no property 'colour'}. */
    public String finding() {
        return file + (line > 0 ? ", line " + line : "") + ": " + reason;
    }

    @Override
    public String toString() {
        return finding() + ". " + remedy + ".";
    }
}
