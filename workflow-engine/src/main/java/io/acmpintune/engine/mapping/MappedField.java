package io.acmpintune.engine.mapping;

/**
 * A field of a section.
 *
 * @param line where its file defines it, from 1
 */
record MappedField(String name, int line, FieldRule rule) {}
