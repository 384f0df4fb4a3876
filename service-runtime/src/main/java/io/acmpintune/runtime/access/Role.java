package io.acmpintune.runtime.access;

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
    ADMINISTRATOR,
    /** At the connector-service: reads; starts emergency stops. */
    STOPPER,
    /** At the connector-service: reads; lifts emergency stops. */
    LIFTER;

    private static final Set<Role> CONNECTOR = Collections
            .unmodifiableSet(EnumSet.of(VIEWER, OPERATOR, STOPPER, LIFTER, ADMINISTRATOR));
    private static final Set<Role> ALL = Collections
            .unmodifiableSet(EnumSet.of(VIEWER, OPERATOR, APPROVER, ADMINISTRATOR));
    private static final Set<Role> ACTING = Collections.unmodifiableSet(EnumSet.of(OPERATOR, APPROVER, ADMINISTRATOR));

    /** Returns the roles of tokens at the connector-service; each may read. */
    public static Set<Role> ofConnector() {
        return CONNECTOR;
    }

    /** Returns the roles of people and systems at the workflow-engine; each may read. */
    public static Set<Role> all() {
        return ALL;
    }

    /** Returns the roles of the workflow-engine that may do more than read; each may trigger the emergency stop. */
    public static Set<Role> acting() {
        return ACTING;
    }

    /** Parses a configured role of those that a service offers. */
    public static Optional<Role> read(String text, Set<Role> offered) {
        return offered.stream().filter(role -> role.text().equalsIgnoreCase(text.strip())).findFirst();
    }

    /** Lists roles, for a remedy: {@code viewer, operator}. */
    public static String list(Set<Role> roles) {
        return roles.stream().sorted().map(Role::text).collect(Collectors.joining(", "));
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
