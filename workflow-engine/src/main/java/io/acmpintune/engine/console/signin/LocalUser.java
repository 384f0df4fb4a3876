package io.acmpintune.engine.console.signin;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.acmpintune.runtime.access.Role;

/**
 * A configured user.
 *
 * @param hash bcrypt hash
 */
record LocalUser(String name, String displayName, Set<Role> roles, String hash) {

    LocalUser {
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    }

    /** Returns the identity for the audit and the four-eyes rules. */
    String key() {
        return "user:" + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
