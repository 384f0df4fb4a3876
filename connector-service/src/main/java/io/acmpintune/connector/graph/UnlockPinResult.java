package io.acmpintune.connector.graph;

import io.acmpintune.model.action.UnlockPin;
import io.acmpintune.model.problem.Problem;

/** The result of reading the unlock PIN of a locked Mac. */
public sealed interface UnlockPinResult {

    record Found(UnlockPin pin) implements UnlockPinResult {}

    /** Intune shows no PIN, or not yet. */
    record None() implements UnlockPinResult {}

    /** The device could not be read. */
    record Unreadable(Problem problem) implements UnlockPinResult {}
}
