package io.acmpintune.simulator.acmp;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The clients and mobile devices of an ACMP server. */
final class Inventory {

    /** Means "none known" where a GUID is required. */
    private static final String NO_GUID = "{00000000-0000-0000-0000-000000000000}";

    private final Map<String, FieldValues> clients = new ConcurrentHashMap<>();
    private final Map<String, FieldValues> mobileDevices = new ConcurrentHashMap<>();
    private final Map<String, Integer> saves = new ConcurrentHashMap<>();
    /**
     * Ids of the clients with the same directory object, or with the same name and domain; look-ups return the first.
     */
    private final Map<String, List<String>> byDirectoryId = new HashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();

    /** Returns clients by ClientId. */
    Map<String, FieldValues> clients() {
        return Collections.unmodifiableMap(clients);
    }

    /** Returns mobile devices by their client's ClientId. */
    Map<String, FieldValues> mobileDevices() {
        return Collections.unmodifiableMap(mobileDevices);
    }

    /** Returns how often {@code SaveClients} wrote a client, also a deleted one. */
    int saves(String clientId) {
        return saves.getOrDefault(clientId, 0);
    }

    /**
     * Creates or updates a client as Aagon documents it: identified by its id, else as in {@link #find}.
     *
     * @return the stored client with its id
     */
    synchronized FieldValues save(FieldValues client) {
        FieldValues saved = put(client);
        saves.merge(saved.value("ClientId"), 1, Integer::sum);
        return saved;
    }

    /** Creates or updates a client like {@link #save}, without counting it as saved by {@code SaveClients}. */
    synchronized FieldValues put(FieldValues client) {
        String given = client.value("ClientId");
        String id = given.isEmpty() ? find(client).orElseGet(Inventory::newId) : given;
        FieldValues saved = client.with("ClientId", id);
        FieldValues before = clients.put(id, saved);
        if (before != null) {
            unindex(before, id);
        }
        directoryId(saved).ifPresent(directoryId -> index(byDirectoryId, directoryId, id));
        index(byName, name(saved), id);
        return saved;
    }

    /** Returns the number of clients after saving these. */
    synchronized int sizeWith(List<FieldValues> more) {
        long created = more.stream()
                .filter(client -> !clients.containsKey(client.value("ClientId")))
                .filter(client -> !client.value("ClientId").isEmpty() || find(client).isEmpty())
                .map(client -> client.value("ClientId").isEmpty() ? name(client) : client.value("ClientId"))
                .distinct()
                .count();
        return clients.size() + (int) created;
    }

    /** Returns the id of the client with this directory object, or else with this name and domain (ignoring case). */
    synchronized Optional<String> find(FieldValues identity) {
        return directoryId(identity).flatMap(id -> first(byDirectoryId, id))
                .or(() -> first(byName, name(identity)));
    }

    /** Stores all, or none if a client is unknown. Returns that client's id. */
    synchronized Optional<String> saveMobileDevices(List<FieldValues> devices) {
        List<String> ids = devices.stream().map(device -> device.value("ClientId")).toList();
        Optional<String> unknown = unknown(ids);
        if (unknown.isEmpty()) {
            for (int i = 0; i < ids.size(); i++) {
                mobileDevices.put(ids.get(i), devices.get(i));
            }
        }
        return unknown;
    }

    /** Deletes all with their mobile devices, or none if one is unknown. Returns that client's id. */
    synchronized Optional<String> delete(List<String> ids) {
        Optional<String> unknown = unknown(ids);
        if (unknown.isEmpty()) {
            ids.forEach(id -> {
                FieldValues deleted = clients.remove(id);
                if (deleted != null) {
                    unindex(deleted, id);
                }
                mobileDevices.remove(id);
            });
        }
        return unknown;
    }

    private Optional<String> unknown(List<String> ids) {
        return ids.stream().filter(id -> !clients.containsKey(id)).findFirst();
    }

    private static void index(Map<String, List<String>> index, String key, String id) {
        index.merge(key, List.of(id), (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    }

    private void unindex(FieldValues client, String id) {
        unindex(byName, name(client), id);
        directoryId(client).ifPresent(directoryId -> unindex(byDirectoryId, directoryId, id));
    }

    private static void unindex(Map<String, List<String>> index, String key, String id) {
        index.computeIfPresent(key, (k, ids) -> {
            List<String> rest = ids.stream().filter(other -> !other.equals(id)).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private static Optional<String> first(Map<String, List<String>> index, String key) {
        return Optional.ofNullable(index.get(key)).map(List::getFirst);
    }

    private static Optional<String> directoryId(FieldValues client) {
        return Optional.of(client.value("ActiveDirectoryObjectId")).filter(id -> !id.isEmpty() && !id.equals(NO_GUID));
    }

    private static String name(FieldValues client) {
        return (client.value("ComputerName") + "\0" + client.value("ComputerDomain")).toLowerCase(Locale.ROOT);
    }

    private static String newId() {
        return "{" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT) + "}";
    }
}
