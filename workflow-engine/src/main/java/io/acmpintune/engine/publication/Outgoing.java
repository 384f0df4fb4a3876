package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.publication.plan.Origin;
import io.acmpintune.engine.publication.plan.Plan;

/**
 * A client as it is sent to an ACMP server.
 *
 * @param item what the plan says of it
 * @param removed whether its device has left Intune
 * @param origin null = the server is not known to have it
 * @param acmpClientId the id under which the server keeps it; ours as long as the server has not answered another
 * @param lookedUpAt when the server was last asked for it; null = never
 * @param client its client record
 * @param mobileDevice its mobile-device record
 */
record Outgoing(Plan.Item item, boolean removed, @Nullable Origin origin, UUID acmpClientId,
        @Nullable Instant lookedUpAt, IcqlRecord client,
        IcqlRecord mobileDevice, Prints prints) {

    /** Fingerprints of the records as the database writes them. */
    record Prints(String client, String mobileDevice, String stable) {}

    UUID id() {
        return item.client();
    }

    /** The client under the id that the server answered. */
    Outgoing knownAs(UUID id) {
        return new Outgoing(item, removed, origin, id, lookedUpAt, client, mobileDevice, prints);
    }

    /** The client with the records that the server is to refuse or take. */
    AsItIs asItIs() {
        return new AsItIs(id(), prints.client(), prints.mobileDevice());
    }

    /** The client record as it is sent. */
    IcqlRecord clientToSend() {
        return client.with(IcqlRecord.CLIENT_ID, AcmpGuid.write(acmpClientId));
    }

    /** The mobile-device record as it is sent. */
    IcqlRecord mobileDeviceToSend() {
        return mobileDevice.with(IcqlRecord.CLIENT_ID, AcmpGuid.write(acmpClientId));
    }
}
