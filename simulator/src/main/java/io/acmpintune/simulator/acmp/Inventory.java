package io.acmpintune.simulator.acmp;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients and mobile devices of an ACMP server. One thread writes; any may read.
 *
 * @param clients       by ClientId
 * @param mobileDevices by the ClientId of the client that they belong to
 */
record Inventory(Map<String, FieldValues> clients, Map<String, FieldValues> mobileDevices,
        Map<String, String> byDirectoryId, Map<String, String> byName) {

    Inventory() {
        this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>());
    }

    /**
     * Creates or updates a client as Aagon documents it: by its id if it has one, else by its directory object, else by
     * name and domain.
     *
     * @return the client as it now is, with its id
     */
    FieldValues save(FieldValues client) {
        String directoryId = client.value("ActiveDirectoryObjectId");
        String given = client.value("ClientId");
        String known = given.isEmpty()
                ? byDirectoryId.getOrDefault(directoryId, byName.getOrDefault(name(client), ""))
                : given;
        String id = known.isEmpty() ? "{" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + "}" : known;
        FieldValues saved = client.with("ClientId", id);
        FieldValues before = clients.put(id, saved);
        if (before != null) {
            byName.remove(name(before), id);
            byDirectoryId.remove(before.value("ActiveDirectoryObjectId"), id);
        }
        byName.put(name(saved), id);
        if (!directoryId.isEmpty()) {
            byDirectoryId.put(directoryId, id);
        }
        return saved;
    }

    private static String name(FieldValues client) {
        return (client.value("ComputerName") + "\0" + client.value("ComputerDomain")).toLowerCase(Locale.ROOT);
    }
}
