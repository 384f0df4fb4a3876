package io.acmpintune.connector.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes that Intune wants a second administrator's approval. Microsoft's texts name 400, 403 and 412 for it, by workload
 * and by age, so the header decides, then the words, never the status.
 */
final class ApprovalRequirement {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern CODE = Pattern.compile("[\\p{Alnum}-]{1,100}");
    private static final Pattern WORDS = Pattern.compile("approvalrequired|approval\\s+(?:is\\s+)?required"
            + "|requires?\\s+(?:an?\\s+)?approval|x-msft-approval-code");

    private ApprovalRequirement() {}

    /** The demand: with its code, or without where Intune names none. */
    record Demand(@Nullable String code) {}

    static Optional<Demand> in(@Nullable String header, GraphError problem) {
        Optional<String> code = code(header == null ? "" : header);
        if (code.isPresent()) {
            return code.map(Demand::new);
        }
        String said = (problem.code() + " " + problem.text()).toLowerCase(Locale.ROOT);
        // a missing justification has words alike, and is our mistake, not a demand
        if (!WORDS.matcher(said).find() || said.contains("x-msft-approval-justification")) {
            return Optional.empty();
        }
        Matcher guid = GUID.matcher(problem.text());
        return Optional.of(new Demand(guid.find() ? guid.group() : null));
    }

    /** A code as it may be used: it becomes part of a filter and of a header, so nothing but a name passes. */
    static Optional<String> code(String text) {
        return Optional.of(text.strip()).filter(code -> CODE.matcher(code).matches());
    }
}
