package io.acmpintune.engine.acmp;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * By what ACMP looks a client up. All three are sent always, because Aagon's description of {@code GetClientId} asks for all
 * of them to be filled for an unambiguous answer.
 *
 * @param directoryObjectId the object id in the directory; null where none is known, which is sent as the GUID of zeros
 * @param computerName the client's name
 * @param computerDomain the client's domain; may be empty
 */
public record ClientKey(@Nullable UUID directoryObjectId, String computerName, String computerDomain) {

    /** Whom it is about is personal data on a phone, so it is not shown. */
    @Override
    public String toString() {
        return "ClientKey[...]";
    }
}
