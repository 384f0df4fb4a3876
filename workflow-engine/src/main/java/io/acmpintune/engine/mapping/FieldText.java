package io.acmpintune.engine.mapping;

/**
 * A field's text as ACMP gets it, and what had to be done to it.
 *
 * @param replaced how many of its characters stand for ones that XML 1.0 forbids
 * @param cut whether there was more of it
 */
record FieldText(String text, int replaced, boolean cut) {

    /** The text, made such that ACMP can have it; {@code maxLength} in UTF-16 units, as Delphi counts. */
    static FieldText of(String text, int maxLength) {
        String kept = XmlText.cut(text, maxLength);
        int forbidden = XmlText.forbidden(kept);
        return new FieldText(forbidden == 0 ? kept : XmlText.clean(kept), forbidden, kept.length() < text.length());
    }
}
