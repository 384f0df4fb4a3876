package io.acmpintune.engine.publication;

import java.util.UUID;

/**
 * The version of a client that is parked: once one of its fingerprints changes, the client is sent again.
 *
 * @param clientFingerprint hexadecimal
 * @param mobileFingerprint hexadecimal
 */
record RejectedVersion(UUID client, String clientFingerprint, String mobileFingerprint) {}
