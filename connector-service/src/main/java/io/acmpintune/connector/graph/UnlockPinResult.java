package io.acmpintune.connector.graph;

import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.problem.Problem;

/** What Intune says about the PIN of a lock. */
public sealed interface UnlockPinResult {

    record Found(UnlockPin pin) implements UnlockPinResult {}

    /** Intune shows none, or none yet. */
    record None() implements UnlockPinResult {}

    /** The device could not be read. */
    record Unreadable(Problem problem) implements UnlockPinResult {}
}
