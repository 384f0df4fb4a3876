package io.acmpintune.simulator.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks where a page ended: the name and id of its last device. Intune builds its tokens the same way, so each next
 * link contains a device name with whatever characters it has.
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
