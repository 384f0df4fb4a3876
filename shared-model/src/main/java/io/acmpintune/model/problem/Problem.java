package io.acmpintune.model.problem;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of RFC 9457 with a remedy.
 *
 * @param type {@code urn:acmp-intune:problem:} and the text of a {@link ProblemKind}
 * @param title the title of the kind
 * @param status the HTTP status of the response; for a stored problem, the other side's status, or 0
 * @param detail what happened, and why; one sentence each
 * @param remedy what to do; one sentence
 * @param instance path of the request
 * @param errors wrong fields of the request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(URI type, String title, int status, String detail, String remedy, @Nullable URI instance,
        @Nullable List<FieldError> errors) {

    private static final String PREFIX = "urn:acmp-intune:problem:";

    /**
     * @param field the field's path in the request, such as {@code clientIds[2]}
     * @param reason why it is wrong, and what would be right
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

    /** Returns the text of the kind, also for kinds that this version does not know. */
    public String kindText() {
        String text = type.toString();
        return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    }
}
