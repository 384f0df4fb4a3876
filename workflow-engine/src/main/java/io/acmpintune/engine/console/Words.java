package io.acmpintune.engine.console;

import java.text.NumberFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** What members of others' enumerations are called, and numbers, in the viewer's language. */
public final class Words {

    private final MessageSource messages;
    private final Locale locale;

    Words(MessageSource messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    /** The member in words; one that we have no word for by itself, since Microsoft adds some. */
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

    /** A text of ours with its values. */
    public String text(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }
}
