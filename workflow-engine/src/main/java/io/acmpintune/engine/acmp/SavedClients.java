package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.MalformedReplyException;

/**
 * Tells which of ACMP's answered clients is which of ours. Whom we sent with a ClientId is found by it. Who comes back under
 * another must stand where we put it and bear the name we gave, because nothing else ties the two together.
 */
final class SavedClients {

    private static final String COMPUTER_NAME = "ComputerName";

    private SavedClients() {}

    /** ACMP's records in the order of ours. */
    static List<IcqlRecord> inOrderOf(List<IcqlRecord> sent, List<IcqlRecord> answered) throws MalformedReplyException {
        if (answered.size() != sent.size()) {
            throw new MalformedReplyException(
                    "it has " + answered.size() + " clients for the " + sent.size() + " that were sent");
        }
        HashMap<UUID, IcqlRecord> byId = new HashMap<UUID, IcqlRecord>();
        for (IcqlRecord client : answered) {
            byId.put(requireId(client), client);
        }
        Set<UUID> sentIds = sent.stream()
                .flatMap(client -> AcmpGuid.read(client.text(IcqlRecord.CLIENT_ID)).stream())
                .collect(Collectors.toSet());
        ArrayList<IcqlRecord> ordered = new ArrayList<IcqlRecord>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            Optional<IcqlRecord> own = AcmpGuid.read(sent.get(i).text(IcqlRecord.CLIENT_ID)).map(byId::get);
            ordered.add(own.isPresent() ? own.get() : renamed(sent.get(i), answered.get(i), sentIds));
        }
        return List.copyOf(ordered);
    }

    private static IcqlRecord renamed(IcqlRecord sent, IcqlRecord atSamePlace, Set<UUID> sentIds)
            throws MalformedReplyException {
        if (sentIds.contains(requireId(atSamePlace))) {
            throw new MalformedReplyException(
                    "the client " + sent.text(IcqlRecord.CLIENT_ID) + " is missing in it, and another is there twice");
        }
        if (!atSamePlace.text(COMPUTER_NAME).equalsIgnoreCase(sent.text(COMPUTER_NAME))) {
            throw new MalformedReplyException("a client in it does not bear the name under which it was sent");
        }
        return atSamePlace;
    }

    private static UUID requireId(IcqlRecord client) throws MalformedReplyException {
        try {
            return AcmpGuid.read(client.text(IcqlRecord.CLIENT_ID))
                    .orElseThrow(() -> new MalformedReplyException("a client in it has no ClientId"));
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException("a client in it has a ClientId that is no GUID");
        }
    }
}
