package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells which of ACMP's answered clients is which of ours. Whom we sent with a ClientId is found by it; whom we sent
 * without must stand where we put it and bear the name we gave, because nothing else ties the two together.
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
        var byId = new HashMap<UUID, IcqlRecord>();
        for (var client : answered) {
            if (byId.put(requireId(client), client) != null) {
                throw new MalformedReplyException("it has the client " + client.text(IcqlRecord.CLIENT_ID) + " twice");
            }
        }
        var ordered = new ArrayList<IcqlRecord>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            ordered.add(find(sent.get(i), answered.get(i), byId));
        }
        return List.copyOf(ordered);
    }

    private static IcqlRecord find(IcqlRecord sent, IcqlRecord atSamePlace, Map<UUID, IcqlRecord> byId)
            throws MalformedReplyException {
        var id = AcmpGuid.read(sent.text(IcqlRecord.CLIENT_ID));
        var found = id.isPresent() ? byId.get(id.get()) : atSamePlace;
        if (found == null) {
            throw new MalformedReplyException("the client " + sent.text(IcqlRecord.CLIENT_ID) + " is missing in it");
        }
        if (id.isEmpty() && !found.text(COMPUTER_NAME).equalsIgnoreCase(sent.text(COMPUTER_NAME))) {
            throw new MalformedReplyException("a client in it does not bear the name under which it was sent");
        }
        return found;
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
