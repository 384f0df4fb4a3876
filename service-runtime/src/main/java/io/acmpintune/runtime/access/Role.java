package io.acmpintune.runtime.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an identity may do. Every role may read; beyond that none includes another, so that administrators cannot start
 * query actions and operators cannot approve them.
 */
public enum Role {

    /** Reads. */
    VIEWER,
    /** Reads; starts query actions, cancels and repeats them, decides conflicts and uncertain actions. */
    OPERATOR,
    /** Reads; approves requests of others. */
    APPROVER,
    /** Reads; configures, decides holds, starts runs, releases locks, lifts the emergency stop, reads the audit. */
    ADMINISTRATOR;

    private static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.allOf(Role.class));
    private static final Set<Role> ACTING = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(VIEWER)));

    /** Returns the roles that may read. */
    public static Set<Role> all() {
        return ALL;
    }

    /** Returns the roles that may do more than read; each may trigger the emergency stop. */
    public static Set<Role> acting() {
        return ACTING;
    }

    /** Parses a configured role. */
    public static Optional<Role> read(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equalsIgnoreCase(text.strip())).findFirst();
    }

    /** Formats roles for a sentence: {@code operator or approver}. */
    static String sentence(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::text).collect(Collectors.joining(" or "));
    }

    /** Returns the role as configuration, responses and audit contain it: {@code operator}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns Spring Security's authority: {@code ROLE_OPERATOR}. */
    public String authority() {
        return "ROLE_" + name();
    }
}
