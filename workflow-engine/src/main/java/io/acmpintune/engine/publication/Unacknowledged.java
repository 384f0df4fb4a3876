package io.acmpintune.engine.publication;

import java.util.UUID;

import io.acmpintune.engine.acmp.IcqlRecord;

/**
 * A client of which an ACMP server does not know all yet.
 *
 * @param acmpClientId the id under which the server keeps the client; ours as long as it has not answered
 * @param client whether its client record is to be saved
 * @param mobileDevice whether its mobile-device record is to be saved
 */
record Unacknowledged(UUID clientId, UUID acmpClientId, boolean client, boolean mobileDevice, IcqlRecord clientRecord,
        Print clientPrint, IcqlRecord mobileRecord, Print mobilePrint) {

    /** A record's fingerprint as the database has it. */
    record Print(String hex) {}

    Unacknowledged knownAs(UUID id) {
        return new Unacknowledged(clientId, id, false, mobileDevice, clientRecord, clientPrint, mobileRecord,
                mobilePrint);
    }
}
