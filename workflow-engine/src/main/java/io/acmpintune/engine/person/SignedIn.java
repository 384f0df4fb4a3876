package io.acmpintune.engine.person;

import java.time.Instant;

/**
 * An identity that has signed in to the console.
 *
 * @param displayName its name at the last sign-in
 */
public record SignedIn(String identity, String displayName, Instant signedInAt) {}
