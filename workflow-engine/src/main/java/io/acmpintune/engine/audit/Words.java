package io.acmpintune.engine.audit;

import org.jspecify.annotations.Nullable;

/**
 * Makes a text one that PostgreSQL gives back exactly as it was stored, else no hash over it would hold: without NUL and without
 * halves of surrogate pairs. One that is far too long is cut rather than refused, since no entry means no action.
 */
final class Words {

    static final int LONGEST = 2_000;

    private Words() {}

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
