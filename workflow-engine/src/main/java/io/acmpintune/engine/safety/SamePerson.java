package io.acmpintune.engine.safety;

import java.util.Locale;

/**
 * Decides whether two names may belong to one person, who then cannot act as the second. It errs on the side of caution: a person can
 * have both a token and a login, and ACMP names its operators with their domain. Pure.
 */
final class SamePerson {

    private SamePerson() {}

    /** Returns whether an identity may be the other identity, or the operator on whose behalf that one acted. */
    static boolean is(String identity, String otherIdentity, String otherOnBehalfOf) {
        return is(identity, otherIdentity) || bare(identity).equals(bare(otherOnBehalfOf));
    }

    static boolean is(String identity, String other) {
        return bare(identity).equals(bare(other));
    }

    /** {@code anna} for {@code user:anna}, {@code token:Anna}, {@code CONTOSO\anna} and {@code anna@contoso.com}. */
    static String bare(String name) {
        String text = name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(token|user):", "");
        text = text.substring(text.lastIndexOf('\\') + 1);
        int at = text.indexOf('@');
        return at > 0 ? text.substring(0, at) : text;
    }
}
