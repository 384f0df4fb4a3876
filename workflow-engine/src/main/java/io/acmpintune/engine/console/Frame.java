package io.acmpintune.engine.console;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.runtime.access.Role;

/**
 * What surrounds each page: who looks at it, how, and where else to go.
 *
 * @param person null = nobody has signed in
 * @param theme {@code light}, {@code dark} or {@code auto}, which is as the system has it
 * @param workflow the one that pages are about
 * @param stops what is stopped at present
 * @param here the page's address, to come back to
 */
public record Frame(@Nullable SignedInPerson person, Set<Role> roles, String language, String theme, Times times,
        Words words, List<String> workflows, String workflow, List<Section> sections, List<EmergencyStop> stops,
        String here,
        String version) {

    public Frame {
        roles = Set.copyOf(roles);
        workflows = List.copyOf(workflows);
        sections = List.copyOf(sections);
        stops = List.copyOf(stops);
    }

    /**
     * A part of the console.
     *
     * @param key names its text and its icon
     * @param current whether the page is in it
     * @param waits how much in it waits for a person
     */
    public record Section(String key, String address, boolean current, int waits) {}

    public boolean mayOperate() {
        return roles.contains(Role.OPERATOR);
    }

    public boolean mayApprove() {
        return roles.contains(Role.APPROVER);
    }

    /** Whether the emergency stop may be pressed. */
    public boolean mayStop() {
        return !Collections.disjoint(roles, Role.acting());
    }

    public boolean mayAdminister() {
        return roles.contains(Role.ADMINISTRATOR);
    }

    /** Whether the audit may be read. */
    public boolean mayAudit() {
        return roles.contains(Role.APPROVER) || mayAdminister();
    }

    /** Whether the page is the console's inside, with a person before it. */
    public boolean inside() {
        return person != null;
    }
}
