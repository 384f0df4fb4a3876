package io.acmpintune.engine.mapping;

/**
 * The text of a field as published, and how it was changed.
 *
 * @param replaced the number of characters that were replaced since XML 1.0 forbids them
 * @param cut whether the text was too long
 */
record FieldText(String text, int replaced, boolean cut) {

    /** Cuts and cleans a text; {@code maxLength} is in UTF-16 units, as Delphi counts. */
    static FieldText of(String text, int maxLength) {
        String kept = XmlText.cut(text, maxLength);
        int forbidden = XmlText.forbidden(kept);
        return new FieldText(forbidden == 0 ? kept : XmlText.clean(kept), forbidden, kept.length() < text.length());
    }
}
