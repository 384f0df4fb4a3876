package io.acmpintune.engine.mapping;

/**
 * A field of a section.
 *
 * @param line where its file defines it, from 1
 * @param routine whether its change alone is nothing that anybody would want to be asked about
 */
record MappedField(String name, int line, FieldRule rule, boolean routine) {}
