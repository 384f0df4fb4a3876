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

    /** Returns a problem with the usual status of its kind. */
    public static Problem of(ProblemKind kind, String detail, String remedy) {
        return of(kind, kind.status(), detail, remedy);
    }

    public static Problem of(ProblemKind kind, int status, String detail, String remedy) {
        return new Problem(URI.create(PREFIX + kind.text()), kind.title(), status, detail, remedy, null, null);
    }

    public Problem withStatus(int other) {
        return new Problem(type, title, other, detail, remedy, instance, errors);
    }

    public Problem withDetail(String other) {
        return new Problem(type, title, status, other, remedy, instance, errors);
    }

    public Problem withInstance(@Nullable URI other) {
        return new Problem(type, title, status, detail, remedy, other, errors);
    }

    public Problem withErrors(List<FieldError> found) {
        return new Problem(type, title, status, detail, remedy, instance, List.copyOf(found));
    }

    /** Returns the kind, or {@link ProblemKind#UNRECOGNIZED} for one that this version does not know. */
    public ProblemKind kind() {
        return ProblemKind.parse(kindText());
    }

    /** Returns the last part of the type, which names kinds that this version does not know, too. */
    public String kindText() {
        String text = type.toString();
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    }
}
