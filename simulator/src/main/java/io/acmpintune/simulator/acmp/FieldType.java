package io.acmpintune.simulator.acmp;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** The types of ICQL fields with their accepted values, empty value and schema type. */
enum FieldType {
    STRING("", "xs:string"),
    GUID("", "AcmpGuid"),
    DATE("1899-12-30T00:00:00.000Z", "AcmpDate"),
    BOOLEAN("false",
            "AcmpBoolean"),
    INT64("0",
            "xs:long"),
    CLIENT_TYPE("ctOther", "AcmpClientType"),
    RECORD_STATE("active", "AcmpRecordState");

    private static final Pattern GUIDS = Pattern.compile("\\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}}");
    private static final Pattern DATES = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern CLIENT_TYPES = Pattern
            .compile("ct(Application|Android|IOS|Windows|MacOS|Linux|Other)");

    private final String empty;
    private final String schemaType;

    FieldType(String empty, String schemaType) {
        this.empty = empty;
        this.schemaType = schemaType;
    }

    /** Returns the value of a field that was not sent. */
    String empty() {
        return empty;
    }

    String schemaType() {
        return schemaType;
    }

    boolean accepts(String value) {
        return switch (this) {
            case STRING -> true;
            case GUID -> value.isEmpty() || GUIDS.matcher(value).matches();
            case DATE -> DATES.matcher(value).matches() && isDate(value);
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case INT64 -> isLong(value);
            case CLIENT_TYPE -> CLIENT_TYPES.matcher(value).matches();
            case RECORD_STATE -> value.equals("active") || value.equals("removed");
        };
    }

    /** Describes valid values, for error messages. */
    String form() {
        return switch (this) {
            case STRING -> "text";
            case GUID -> "a GUID in upper case and braces, {00000000-0000-0000-0000-000000000000}";
            case DATE -> "a date such as 2026-01-31T08:00:00.000Z";
            case BOOLEAN -> "true or false";
            case INT64 -> "a whole number of 64 bits, 0 for none";
            case CLIENT_TYPE -> "one of ctApplication, ctAndroid, ctIOS, ctWindows, ctMacOS, ctLinux, ctOther";
            case RECORD_STATE -> "active or removed";
        };
    }

    private static boolean isDate(String value) {
        try {
            OffsetDateTime.parse(value);
            return true;
        } catch (DateTimeParseException no) {
            return false;
        }
    }

    private static boolean isLong(String value) {
        try {
            Long.parseLong(value);
            return !value.startsWith("+");
        } catch (NumberFormatException no) {
            return false;
        }
    }
}
