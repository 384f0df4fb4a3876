package io.acmpintune.engine.queryaction;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActionRequest.Parameters;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;

/** Reads the parameters of an action. Pure. */
final class ParametersReader {

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private final QueryAction action;
    private final WrongFields wrong;

    ParametersReader(QueryAction action, WrongFields wrong) {
        this.action = action;
        this.wrong = wrong;
    }

    /** Returns the notification to send; null for other actions, and if a field is wrong. */
    @Nullable
    Notification notification(Parameters given) {
        if (action != QueryAction.SEND_NOTIFICATION) {
            refuse("title", given.title());
            refuse("body", given.body());
            return null;
        }
        String title = text("title", given.title(), Notification.LONGEST_TITLE);
        String body = text("body", given.body(), Notification.LONGEST_BODY);
        return title == null || body == null ? null : new Notification(title, body);
    }

    /** Returns the options of a wipe; null for other actions. */
    @Nullable
    WipeOptions wipe(Parameters given) {
        if (action != QueryAction.WIPE) {
            refuse("keepEnrollmentData", given.keepEnrollmentData());
            refuse("keepUserData", given.keepUserData());
            refuse("persistEsimDataPlan", given.persistEsimDataPlan());
            refuse("macOsUnlockCode", given.macOsUnlockCode());
            return null;
        }
        return new WipeOptions(Boolean.TRUE.equals(given.keepEnrollmentData()),
                Boolean.TRUE.equals(given.keepUserData()), Boolean.TRUE.equals(given.persistEsimDataPlan()),
                code("parameters.macOsUnlockCode", given.macOsUnlockCode(), wrong));
    }

    /** Returns an unlock code; null for none, and for a wrong one, which is not repeated. */
    static @Nullable String code(String field, @Nullable String code, WrongFields wrong) {
        if (code != null && !CODE.matcher(code).matches()) {
            wrong.add(field, "must have six digits");
            return null;
        }
        return code;
    }

    private @Nullable String text(String field, @Nullable String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest || text.indexOf('\0') >= 0) {
            wrong.add("parameters." + field, (text == null || text.isBlank() ? "is missing" : "is not valid")
                    + "; Intune takes 1 to " + longest + " characters");
            return null;
        }
        return text;
    }

    private void refuse(String field, @Nullable Object given) {
        if (given != null) {
            wrong.add("parameters." + field, "is not a parameter of " + action.acmpName());
        }
    }
}
