package io.acmpintune.engine.console.signin;

import java.io.Serializable;
import java.security.Principal;

/**
 * Who signed in with a name and a password, as the session keeps it.
 *
 * @param userName as the configuration writes it
 * @param stamp changes with the password and the roles; a session with another stamp is at its end
 */
record ConsoleUser(String userName, String displayName, String stamp) implements Principal, Serializable {

    private static final long serialVersionUID = 1L;

    /** As the audit and the four-eyes rules name the person. */
    @Override
    public String getName() {
        return "user:" + userName;
    }
}
