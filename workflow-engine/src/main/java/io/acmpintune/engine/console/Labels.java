package io.acmpintune.engine.console;

import java.text.NumberFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Texts and numbers in the viewer's language. */
public final class Labels {

    private final MessageSource messages;
    private final Locale locale;

    Labels(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    /** Returns the text of an enumeration's member, or the member itself if it has none, since Microsoft adds members. */
    public String of(String enumeration, @Nullable String member) {
        if (member == null || member.isBlank()) {
            return "–";
        }
        return String.valueOf(messages.getMessage(enumeration + "." + member, null, member, locale));
    }

    public String of(String enumeration, Enum<?> member) {
        return of(enumeration, member.name());
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    public String text(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }
}
