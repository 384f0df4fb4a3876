package io.acmpintune.model.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of RFC 9457, with what to do about it.
 *
 * @param type which kind of problem: {@code urn:acmp-intune:problem:…}
 * @param title the kind in a few words, the same each time
 * @param status the HTTP status it leaves with; for a problem kept with an action, the status that the other side answered, or 0
 * @param detail what happened this time
 * @param remedy what the reader can do about it
 * @param instance the request or thing it happened to
 * @param errors each wrong field of a request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(URI type, String title, int status, String detail, String remedy, @Nullable URI instance,
        @Nullable List<FieldError> errors) {

    private static final String PREFIX = "urn:acmp-intune:problem:";

    /**
     * @param field the field's path in the request, such as {@code clientIds[2]}
     * @param reason why it cannot be taken, and what would be
     */
    public record FieldError(String field, String reason) {}

    /** A problem without instance and field errors; {@code kind} becomes the last part of its type. */
    public static Problem of(String kind, String title, int status, String detail, String remedy) {
        return new Problem(URI.create(PREFIX + kind), title, status, detail, remedy, null, null);
    }

    public Problem withErrors(List<FieldError> found) {
        return new Problem(type, title, status, detail, remedy, instance, List.copyOf(found));
    }

    /** The last part of the type. */
    public String kind() {
        String text = type.toString();
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    }
}
