package io.acmpintune.model.action;

/**
 * A text for the device's user. The lengths are Intune's.
 *
 * @param title 1 to 50 characters
 * @param body 1 to 500 characters
 */
public record Notification(String title, String body) {

    public static final int LONGEST_TITLE = 50;
    public static final int LONGEST_BODY = 500;

    public Notification {
        check("title", title, LONGEST_TITLE);
        check("body", body, LONGEST_BODY);
    }

    private static void check(String field, String text, int longest) {
        // a field that is missing in the JSON is null, whatever its type says
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException(field + " must have 1 to " + longest + " characters"
                    + (text == null || text.isBlank() ? "" : ", not " + text.length()));
        }
    }
}
