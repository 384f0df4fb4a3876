package io.acmpintune.connector.action;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.acmpintune.model.action.ActionState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ActionTransitionsTest {

    /** The picture of the states, once more and in other words than the code's: every pair that is not here is forbidden. */
    private static final Set<String> ALLOWED = """
            queued -> sending
            queued -> cancelled
            queued -> refused
            queued -> expired
            sending -> accepted
            sending -> awaiting-approval
            sending -> refused
            sending -> uncertain
            sending -> queued
            awaiting-approval -> sending
            awaiting-approval -> refused
            awaiting-approval -> accepted
            awaiting-approval -> cancelled
            awaiting-approval -> expired
            accepted -> pending
            accepted -> done
            accepted -> failed
            accepted -> not-supported
            pending -> done
            pending -> failed
            pending -> not-supported
            uncertain -> accepted
            uncertain -> awaiting-approval
            uncertain -> queued
            uncertain -> needs-decision
            uncertain -> failed
            needs-decision -> accepted
            needs-decision -> queued
            needs-decision -> cancelled
            """.lines().collect(Collectors.toUnmodifiableSet());

    @Test
    void exactlyTheDrawnMovesAreAllowedOverAllPairs() {
        Set<String> allowed = new TreeSet<>();
        for (ActionState from : ActionState.values()) {
            for (ActionState to : ActionState.values()) {
                if (isAllowed(from, to)) {
                    allowed.add(from.text() + " -> " + to.text());
                }
            }
        }
        assertThat(allowed).containsExactlyInAnyOrderElementsOf(ALLOWED);
    }

    @ParameterizedTest
    @EnumSource
    void aStateIsFinalExactlyWhenNothingFollowsIt(ActionState state) {
        assertThat(ActionTransitions.from(state).isEmpty()).isEqualTo(state.isFinal());
    }

    @Test
    void aForbiddenMoveSaysFromWhereToWhere() {
        assertThatThrownBy(() -> ActionTransitions.require(ActionState.DONE, ActionState.QUEUED))
                .hasMessageContaining("from done to queued");
    }

    private static boolean isAllowed(ActionState from, ActionState to) {
        try {
            return ActionTransitions.require(from, to) == to;
        } catch (IllegalStateException _) {
            return false;
        }
    }
}
