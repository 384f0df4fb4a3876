package io.acmpintune.engine.publication;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.publication.plan.Origin;
import io.acmpintune.engine.publication.plan.Plan;
import io.acmpintune.engine.publication.plan.PlanKind;

/**
 * A planned client with the records to be sent.
 *
 * @param removed whether its device has left Intune
 * @param origin null = the server is not known to have it
 * @param acmpClientId the id under which the server keeps it; ours until the server answers another one
 * @param lookedUpAt when it was last looked up in the server; null = never
 */
record OutgoingClient(Plan.Item item, boolean removed, @Nullable Origin origin, UUID acmpClientId,
        @Nullable Instant lookedUpAt, IcqlRecord client, IcqlRecord mobileDevice, Fingerprints fingerprints) {

    /** Fingerprints of the records, hexadecimal. */
    record Fingerprints(String client, String mobileDevice, String stable) {}

    UUID id() {
        return item.client();
    }

    PlanKind kind() {
        return item.kind();
    }

    /** Returns whether the server has nothing of it from us yet. */
    boolean isNew() {
        return kind() == PlanKind.CREATE || kind() == PlanKind.LINK;
    }

    OutgoingClient withAcmpClientId(UUID id) {
        return new OutgoingClient(item, removed, origin, id, lookedUpAt, client, mobileDevice, fingerprints);
    }

    RejectedVersion rejectedVersion() {
        return new RejectedVersion(id(), fingerprints.client(), fingerprints.mobileDevice());
    }

    IcqlRecord clientToSend() {
        return client.with(IcqlRecord.CLIENT_ID, AcmpGuid.write(acmpClientId));
    }

    IcqlRecord mobileDeviceToSend() {
        return mobileDevice.with(IcqlRecord.CLIENT_ID, AcmpGuid.write(acmpClientId));
    }
}
