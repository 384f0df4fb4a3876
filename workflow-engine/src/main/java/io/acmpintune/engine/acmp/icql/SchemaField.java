package io.acmpintune.engine.acmp.icql;

/**
 * A field of a command's records in the ACMP server's schema.
 *
 * @param name the field's name
 * @param mandatory whether ACMP refuses a record without it
 */
public record SchemaField(String name, boolean mandatory) {}
