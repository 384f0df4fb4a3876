package io.acmpintune.engine.safety;

import java.util.Locale;

/**
 * Whether two names may be those of one person, in which case the second is no second person. Rather once too often: a person can
 * have a token and a log-in, and ACMP names its operators with their domain. Pure.
 */
final class SamePerson {

    private SamePerson() {}

    /** Whether an identity is another one, or the one that acted on behalf of whom the other one's name says. */
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
