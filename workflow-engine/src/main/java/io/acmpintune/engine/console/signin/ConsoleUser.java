package io.acmpintune.engine.console.signin;

import java.io.Serializable;
import java.security.Principal;

import io.acmpintune.runtime.access.Identity;

/**
 * A signed-in local user, as stored in the session.
 *
 * @param userName as configured
 * @param stamp changes with the password and the roles, which ends older sessions
 */
record ConsoleUser(String userName, String displayName, String stamp)
        implements
            Principal,
            Identity.Named,
            Serializable {

    private static final long serialVersionUID = 1L;

    /** Returns the identity for the audit and the four-eyes rules. */
    @Override
    public String getName() {
        return "user:" + userName;
    }
}
