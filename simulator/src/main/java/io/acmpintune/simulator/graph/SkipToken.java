package io.acmpintune.simulator.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page ended: the name and id of its last device. Intune's own tokens are made so, which is why a device's name,
 * whatever is in it, travels in every next link.
 */
record SkipToken(String lastName, String lastId) {

    private static final Pattern FORM = Pattern.compile("LastDeviceName='((?:[^']|'')*)',LastDeviceId='([^']*)'",
            Pattern.DOTALL);

    static Optional<SkipToken> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new SkipToken(form.group(1).replace("''", "'"), form.group(2)))
                : Optional.empty();
    }

    String text() {
        return "LastDeviceName='" + lastName.replace("'", "''") + "',LastDeviceId='" + lastId + "'";
    }
}
