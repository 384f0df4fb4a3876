package io.acmpintune.engine.acmp;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The key by which ACMP looks up a client. All three values are always sent, because Aagon's description of
 * {@code GetClientId} requires all of them for an unambiguous answer.
 *
 * @param directoryObjectId the object id in the directory; null = unknown, sent as the GUID of zeros
 * @param computerName the client's name
 * @param computerDomain the client's domain; may be empty
 */
public record ClientKey(@Nullable UUID directoryObjectId, String computerName, String computerDomain) {

    /** Hides the values, which are personal data on a phone. */
    @Override
    public String toString() {
        return "ClientKey[...]";
    }
}
