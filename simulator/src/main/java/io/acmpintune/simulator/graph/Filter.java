package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@code $filter} as Intune does: conditions on a few properties, joined by {@code and}. Unsupported filters are
 * silently ignored, so that every device is returned. Source: users' reports on Graph's documentation.
 */
final class Filter {

    private static final Set<Column> EQUAL = EnumSet.of(Column.OPERATING_SYSTEM, Column.COMPLIANCE_STATE,
            Column.MANAGEMENT_STATE, Column.MANAGEMENT_AGENT, Column.EXCHANGE_ACCESS_STATE, Column.JAIL_BROKEN,
            Column.DEVICE_CATEGORY_DISPLAY_NAME, Column.MANUFACTURER, Column.SERIAL_NUMBER, Column.IMEI,
            Column.DEVICE_NAME,
            Column.MODEL, Column.USER_PRINCIPAL_NAME, Column.AZURE_AD_DEVICE_ID);
    private static final Set<Column> CONTAINS = EnumSet.of(Column.DEVICE_NAME, Column.MODEL, Column.EMAIL_ADDRESS,
            Column.OS_VERSION, Column.PHONE_NUMBER);
    private static final Set<Column> COMPARED = EnumSet.of(Column.LAST_SYNC_DATE_TIME, Column.ENROLLED_DATE_TIME,
            Column.COMPLIANCE_GRACE_PERIOD_EXPIRATION_DATE_TIME);

    private static final Pattern CONDITION = Pattern
            .compile("\\G\\s*(?<open>\\()?\\s*(?:contains\\(\\s*(?<in>\\w+)\\s*,\\s*'(?<part>(?:[^']|'')*)'\\s*\\)"
                    + "|(?<property>\\w+)\\s+(?<operator>\\w+)\\s+(?:'(?<text>(?:[^']|'')*)'|(?<bare>[^\\s()',]+)|(?<list>\\([^)]*\\))))\\s*(?<close>\\))?\\s*(?<more>and\\s|or\\s|$)");

    private Filter() {}

    /** How Intune treats a filter. */
    sealed interface Parsed {

        record Applied(Predicate<Device> condition) implements Parsed {}

        /** Every device is returned. */
        record Ignored() implements Parsed {}

        record Refused(String message) implements Parsed {}

        /** The service fails with 500. */
        record Broken() implements Parsed {}
    }

    static Parsed parse(Optional<String> filter) {
        if (filter.isEmpty() || filter.get().isBlank()) {
            return new Parsed.Ignored();
        }
        Predicate<Device> all = device -> true;
        boolean ignored = false;
        Alternatives alternatives = null;
        Matcher condition = CONDITION.matcher(filter.get());
        int end = 0;
        while (end < filter.get().length()) {
            if (!condition.find()) {
                return new Parsed.Refused(
                        "Invalid filter clause: Syntax error at position " + end + " in '" + filter.get() + "'.");
            }
            end = condition.end();
            if (condition.group("list") != null) {
                return new Parsed.Broken();
            }
            String name = condition.group("in") == null ? condition.group("property") : condition.group("in");
            Optional<Column> column = Column.named(name);
            if (column.isEmpty()) {
                return new Parsed.Refused("Invalid filter clause: Could not find a property named '" + name
                        + "' on type 'microsoft.graph.managedDevice'.");
            }
            if (condition.group("open") != null) {
                alternatives = new Alternatives(column.get(), new ArrayList<>());
            }
            boolean closed = condition.group("close") != null;
            boolean or = condition.group("more").startsWith("or");
            Optional<Predicate<Device>> one = predicate(condition, column.get());
            if (alternatives == null) {
                ignored |= or || one.isEmpty();
                all = all.and(one.orElse(device -> true));
            } else {
                // "or" is supported between values of one property, in parentheses
                ignored |= one.isEmpty() || alternatives.column() != column.get() || or == closed;
                alternatives.any().add(one.orElse(device -> true));
                if (closed) {
                    all = all.and(alternatives.any().stream().reduce(device -> false, Predicate::or));
                    alternatives = null;
                }
            }
        }
        return ignored || alternatives != null ? new Parsed.Ignored() : new Parsed.Applied(all);
    }

    private record Alternatives(Column column, List<Predicate<Device>> any) {}

    private static Optional<Predicate<Device>> predicate(Matcher condition, Column column) {
        if (condition.group("in") != null) {
            String part = unquoted(condition.group("part"));
            return CONTAINS.contains(column)
                    ? Optional.of(device -> device.text(column).contains(part))
                    : Optional.empty();
        }
        String operator = condition.group("operator");
        String literal = condition.group("text") == null ? condition.group("bare") : unquoted(condition.group("text"));
        return switch (operator) {
            case "eq" -> EQUAL.contains(column)
                    ? Optional.of(device -> device.text(column).equals(literal))
                    : Optional.empty();
            case "ne" -> notEqual(column, literal);
            case "gt", "lt" -> COMPARED.contains(column) ? compared(column, operator, literal) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Predicate<Device>> notEqual(Column column, String literal) {
        if (column == Column.USER_PRINCIPAL_NAME) {
            return Optional.of(device -> !device.text(column).equals(literal));
        }
        // Users report that "ne" on the operating system behaves like "eq".
        return column == Column.OPERATING_SYSTEM
                ? Optional.of(device -> device.text(column).equals(literal))
                : Optional.empty();
    }

    private static Optional<Predicate<Device>> compared(Column column, String operator, String literal) {
        Instant limit;
        try {
            limit = OffsetDateTime.parse(literal).toInstant();
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
        int sign = operator.equals("gt") ? 1 : -1;
        return Optional.of(device -> {
            String value = device.text(column);
            return !value.isEmpty() && Integer.signum(Instant.parse(value).compareTo(limit)) == sign;
        });
    }

    private static String unquoted(String literal) {
        return literal.replace("''", "'");
    }
}
