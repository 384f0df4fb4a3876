package io.acmpintune.engine.mapping;

/**
 * A field of a section.
 *
 * @param line where its file defines it, from 1
 * @param routine whether a change of this field alone is routine and needs no release
 */
record MappedField(String name, int line, FieldRule rule, boolean routine) {}
