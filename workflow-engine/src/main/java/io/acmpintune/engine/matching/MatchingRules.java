package io.acmpintune.engine.matching;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The matching rules of a workflow in their order, and its junk serial numbers. */
public final class MatchingRules {

    private static final List<MatchingRule> FIRST = List.of(MatchingRule.OWN_LINK, MatchingRule.PIN);

    private final List<MatchingRule> rules;
    private final JunkSerials junk;

    private MatchingRules(List<MatchingRule> rules, List<String> junkSerials) {
        this.rules = List.copyOf(rules);
        this.junk = new JunkSerials(junkSerials);
    }

    /** Returns all rules in the default order, with the built-in junk serial numbers. */
    public static MatchingRules standard() {
        return read(MatchingRule.keys(), List.of());
    }

    /**
     * Reads the rules of a configuration.
     *
     * @param keys which rules, and in which order
     * @param junkSerials further serial numbers that identify no device
     * @throws IllegalArgumentException when a rule is unknown, doubled or missing; the message says which
     */
    public static MatchingRules read(List<String> keys, List<String> junkSerials) {
        List<MatchingRule> rules = new ArrayList<>();
        for (String key : keys) {
            MatchingRule rule = MatchingRule.of(key.strip())
                    .orElseThrow(() -> new IllegalArgumentException("there is no rule '" + key + "'"));
            if (rules.contains(rule)) {
                throw new IllegalArgumentException("the rule '" + key + "' is listed twice");
            }
            rules.add(rule);
        }
        // after other rules a device could change its client by itself, or against an operator's decision
        if (rules.size() < FIRST.size() || !rules.subList(0, FIRST.size()).containsAll(FIRST)) {
            throw new IllegalArgumentException("own-link and pin have to be there, before all other rules");
        }
        return new MatchingRules(rules, junkSerials);
    }

    List<MatchingRule> inOrder() {
        return rules;
    }

    /** Returns whether a serial number identifies a device; one without a manufacturer does not. */
    public boolean isUsable(@Nullable SerialNumber serial) {
        return serial != null && !serial.maker().isEmpty() && !junk.contains(serial.number());
    }
}
