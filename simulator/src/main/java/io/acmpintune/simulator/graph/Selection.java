package io.acmpintune.simulator.graph;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The properties that a request selects.
 *
 * @param explicit true if {@code $select} named them, which the columns of single reads require
 */
record Selection(Set<Column> columns, List<String> betaColumns, boolean explicit) {

    /** A selection, or OData's error message. */
    sealed interface Parsed {

        record Selected(Selection selection) implements Parsed {}

        record Refused(String message) implements Parsed {}
    }

    static Selection everything(ApiVersion version) {
        return new Selection(EnumSet.allOf(Column.class),
                version == ApiVersion.BETA ? List.copyOf(BetaColumns.names()) : List.of(), false);
    }

    static Parsed parse(Optional<String> select, ApiVersion version) {
        if (select.isEmpty() || select.get().isEmpty()) {
            return new Parsed.Selected(everything(version));
        }
        var columns = EnumSet.noneOf(Column.class);
        var beta = new ArrayList<String>();
        for (String name : select.get().split(",", -1)) {
            Optional<Column> column = Column.named(name);
            if (column.isPresent()) {
                columns.add(column.get());
            } else if (version == ApiVersion.BETA && BetaColumns.names().contains(name)) {
                beta.add(name);
            } else if (name.isEmpty() || !name.equals(name.strip())) {
                return new Parsed.Refused("Parsing OData Select and Expand failed: Term '" + select.get()
                        + "' is not valid in a $select or $expand expression.");
            } else {
                return new Parsed.Refused("Parsing OData Select and Expand failed: Could not find a property named '"
                        + name + "' on type 'microsoft.graph.managedDevice'.");
            }
        }
        return new Parsed.Selected(new Selection(columns, List.copyOf(beta), true));
    }

    /** Returns what follows the entity set in {@code @odata.context}. */
    String contextSuffix() {
        if (!explicit) {
            return "";
        }
        var names = new ArrayList<String>();
        columns.forEach(column -> names.add(column.property()));
        names.addAll(betaColumns);
        return "(" + String.join(",", names) + ")";
    }
}
