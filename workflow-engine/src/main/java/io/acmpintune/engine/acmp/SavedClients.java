package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.MalformedReplyException;

/**
 * Assigns the clients in ACMP's reply to those that were sent. A client is found by its ClientId; one that comes back with another
 * ClientId must have the same position and ComputerName, because nothing else connects the two.
 */
final class SavedClients {

    private static final String COMPUTER_NAME = "ComputerName";

    private SavedClients() {}

    /** Returns ACMP's records in the order of those sent. */
    static List<IcqlRecord> inOrderOf(List<IcqlRecord> sent, List<IcqlRecord> returned) throws MalformedReplyException {
        if (returned.size() != sent.size()) {
            throw new MalformedReplyException(
                    "it has " + returned.size() + " clients for the " + sent.size() + " that were sent");
        }
        Map<UUID, IcqlRecord> byId = new HashMap<>();
        for (IcqlRecord client : returned) {
            byId.put(requireId(client), client);
        }
        Set<UUID> sentIds = sent.stream()
                .flatMap(client -> AcmpGuid.read(client.text(IcqlRecord.CLIENT_ID)).stream())
                .collect(Collectors.toSet());
        List<IcqlRecord> ordered = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            Optional<IcqlRecord> own = AcmpGuid.read(sent.get(i).text(IcqlRecord.CLIENT_ID)).map(byId::get);
            ordered.add(own.isPresent() ? own.get() : withOtherId(sent.get(i), returned.get(i), sentIds));
        }
        return List.copyOf(ordered);
    }

    private static IcqlRecord withOtherId(IcqlRecord sent, IcqlRecord atSamePlace, Set<UUID> sentIds)
            throws MalformedReplyException {
        if (sentIds.contains(requireId(atSamePlace))) {
            throw new MalformedReplyException(
                    "the client " + sent.text(IcqlRecord.CLIENT_ID) + " is missing in it, and another appears twice");
        }
        if (!atSamePlace.text(COMPUTER_NAME).equalsIgnoreCase(sent.text(COMPUTER_NAME))) {
            throw new MalformedReplyException("a client in it has another name than the one sent");
        }
        return atSamePlace;
    }

    private static UUID requireId(IcqlRecord client) throws MalformedReplyException {
        try {
            return AcmpGuid.read(client.text(IcqlRecord.CLIENT_ID))
                    .orElseThrow(() -> new MalformedReplyException("a client in it has no ClientId"));
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException("a client in it has a ClientId that is not a GUID");
        }
    }
}
