package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * Replaces what PostgreSQL would not return unchanged, which would break the hash: NUL and unpaired surrogates. Texts that are too long
 * are cut, since rejecting an entry would block the action that it records.
 */
final class TextSanitizer {

    static final int LONGEST = 2_000;

    private TextSanitizer() {}

    static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints()
                .limit(LONGEST)
                .map(point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                        ? '\uFFFD'
                        : point)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString();
    }

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }
}
