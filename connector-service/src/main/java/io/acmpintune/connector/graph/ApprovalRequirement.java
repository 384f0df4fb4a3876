package io.acmpintune.connector.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes from an error response that Intune requires a second administrator's approval. Microsoft's documents list status
 * 400, 403 and 412, depending on the page. Therefore the header decides, then the text, but never the status.
 */
final class ApprovalRequirement {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern CODE = Pattern.compile("[\\p{Alnum}-]{1,100}");
    private static final Pattern TEXT = Pattern.compile("approvalrequired|approval\\s+(?:is\\s+)?required"
            + "|requires?\\s+(?:an?\\s+)?approval|x-msft-approval-code");

    private ApprovalRequirement() {}

    /** @param code ID of the approval request; null if Intune returned none */
    record Required(@Nullable String code) {}

    static Optional<Required> in(@Nullable String header, GraphError problem) {
        Optional<String> code = code(header == null ? "" : header);
        if (code.isPresent()) {
            return code.map(Required::new);
        }
        String text = (problem.code() + " " + problem.text()).toLowerCase(Locale.ROOT);
        // a missing justification has a similar text, but is our own fault and no requirement
        if (!TEXT.matcher(text).find() || text.contains("x-msft-approval-justification")) {
            return Optional.empty();
        }
        Matcher guid = GUID.matcher(problem.text());
        return Optional.of(new Required(guid.find() ? guid.group() : null));
    }

    /** Returns the code if it is safe to put into a filter and a header. */
    static Optional<String> code(String text) {
        return Optional.of(text.strip()).filter(code -> CODE.matcher(code).matches());
    }
}
