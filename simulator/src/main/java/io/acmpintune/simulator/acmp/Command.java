package io.acmpintune.simulator.acmp;

import java.util.Optional;

import org.w3c.dom.Element;

/** A command of the Public API, version 1. */
interface Command {

    String name();

    /** The list that a request carries. */
    ListType list();

    Reply run(Element parameters);

    /**
     * A named list of records, or of plain strings if there is no record type.
     *
     * @param element such as {@code Clients}
     */
    record ListType(String element, Optional<RecordType> records) {

        static final ListType COMMAND_NAMES = new ListType("Commands", Optional.empty());
    }
}
