package io.acmpintune.engine.console.queryaction;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActionRequest;
import io.acmpintune.engine.queryaction.QueryActionRequest.Parameters;
import io.acmpintune.engine.queryaction.RetryRequest;

/**
 * The form of a query action; empty fields are null.
 *
 * @param client the ClientIds: one, several in one text, or several texts
 * @param key the idempotency key: a form that is sent twice starts one job
 * @param confirmedCount as it was typed
 */
record OrderForm(@Nullable List<@Nullable String> client, @Nullable String key, @Nullable String title,
        @Nullable String body, @Nullable Boolean keepEnrollmentData, @Nullable Boolean keepUserData,
        @Nullable Boolean persistEsimDataPlan, @Nullable String macOsUnlockCode, @Nullable String justification,
        @Nullable Boolean confirmed, @Nullable String confirmedCount) {

    private static final Pattern GROUPING = Pattern.compile("[\\s\\p{Z}.,’]");

    /** Each client once. */
    List<@Nullable String> clients() {
        return client == null
                ? List.of()
                : client.stream()
                        .filter(text -> text != null)
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .<@Nullable String>map(id -> id)
                        .toList();
    }

    /** Returns an empty form. */
    static OrderForm empty(@Nullable List<@Nullable String> client) {
        return new OrderForm(client, null, null, null, null, null, null, null, null, null, null);
    }

    /** Returns the same form for other clients. */
    OrderForm on(List<@Nullable String> clients) {
        return new OrderForm(clients, key, title, body, keepEnrollmentData, keepUserData, persistEsimDataPlan,
                macOsUnlockCode, justification, confirmed, confirmedCount);
    }

    /** Returns the request for a preview, which depends on the clients only. */
    QueryActionRequest preview(QueryAction action, String workflow) {
        return new QueryActionRequest(action.acmpName(), workflow, clients(), null, null, null, null, null, null, null,
                null);
    }

    QueryActionRequest request(QueryAction action, String workflow, SignedInPerson person) {
        return new QueryActionRequest(action.acmpName(), workflow, clients(), null, null, parameters(action),
                person.displayName(), lines(justification), confirmed, count(), null);
    }

    RetryRequest retry(SignedInPerson person) {
        return new RetryRequest(person.displayName(), lines(justification), confirmed, count(),
                orNull(macOsUnlockCode));
    }

    private @Nullable Parameters parameters(QueryAction action) {
        return switch (action) {
            case SEND_NOTIFICATION -> new Parameters(orNull(title), lines(body), null, null, null, null, null);
            case WIPE -> new Parameters(null, null, isTicked(keepEnrollmentData), isTicked(keepUserData),
                    isTicked(persistEsimDataPlan), orNull(macOsUnlockCode), null);
            case RETIRE, REMOTE_LOCK, SYNCHRONIZE -> null;
        };
    }

    /** Reads a number with any digit grouping, as pages show it. */
    private @Nullable Integer count() {
        try {
            return confirmedCount == null ? null : Integer.valueOf(GROUPING.matcher(confirmedCount).replaceAll(""));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static boolean isTicked(@Nullable Boolean box) {
        return Boolean.TRUE.equals(box);
    }

    /** Browsers send CRLF for a line break, and count it as one character. */
    private static @Nullable String lines(@Nullable String text) {
        return text == null ? null : orNull(text.replace("\r\n", "\n"));
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Without the unlock code. */
    @Override
    public String toString() {
        return "OrderForm[…]";
    }
}
