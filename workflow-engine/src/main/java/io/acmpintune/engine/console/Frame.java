package io.acmpintune.engine.console;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.person.Persons;
import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.runtime.access.Role;

/**
 * The context of a page: its viewer with preferences, the chosen workflow and the navigation.
 *
 * @param person null if nobody is signed in
 * @param theme {@code light}, {@code dark}, or {@code auto} for the system's
 * @param names shown for identities
 * @param workflow the workflow of the pages
 * @param stops emergency stops in force
 * @param returnAddress the page's address, to return to
 */
public record Frame(@Nullable SignedInPerson person, Set<Role> roles, String language, String theme, Times times,
        Labels labels, Persons.Names names, List<String> workflows, String workflow, List<Section> sections,
        List<EmergencyStop> stops,
        String returnAddress, String version) {

    public Frame {
        roles = Set.copyOf(roles);
        workflows = List.copyOf(workflows);
        sections = List.copyOf(sections);
        stops = List.copyOf(stops);
    }

    /**
     * A part of the console.
     *
     * @param key of its text and its icon
     * @param current whether the page belongs to it
     * @param waits how many of its items wait for a person
     */
    public record Section(String key, String address, boolean current, int waits) {}

    public boolean mayOperate() {
        return roles.contains(Role.OPERATOR);
    }

    public boolean mayStop() {
        return !Collections.disjoint(roles, Role.acting());
    }

    public boolean mayAdminister() {
        return roles.contains(Role.ADMINISTRATOR);
    }

    public boolean signedIn() {
        return person != null;
    }
}
