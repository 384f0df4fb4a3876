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
 * What an identity may do. No ladder: each role reads, and beyond that none includes another, so that whoever configures cannot
 * also order, and whoever orders cannot also approve.
 */
public enum Role {

    /** Reads. */
    VIEWER,
    /** Reads; starts query actions, cancels and repeats them, decides conflicts and uncertain actions. */
    OPERATOR,
    /** Reads; approves what somebody else asked for. */
    APPROVER,
    /** Reads; configures, decides holds, starts runs, releases locks, lifts the emergency stop, reads the audit. */
    ADMINISTRATOR;

    private static final Set<Role> ALL = Collections.unmodifiableSet(EnumSet.allOf(Role.class));
    private static final Set<Role> ACTING = Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(VIEWER)));

    /** Everybody who may read. */
    public static Set<Role> all() {
        return ALL;
    }

    /** Everybody who may do more than read; any of them may press the emergency stop. */
    public static Set<Role> acting() {
        return ACTING;
    }

    /** The role of a configuration's text. */
    static Optional<Role> read(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equalsIgnoreCase(text.strip())).findFirst();
    }

    /** The roles as a sentence names them: {@code operator or approver}. */
    static String sentence(Collection<Role> roles) {
        return roles.stream().sorted().map(Role::text).collect(Collectors.joining(" or "));
    }

    /** As configuration, answers and the audit write it: {@code operator}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Spring Security writes it: {@code ROLE_OPERATOR}. */
    public String authority() {
        return "ROLE_" + name();
    }
}
