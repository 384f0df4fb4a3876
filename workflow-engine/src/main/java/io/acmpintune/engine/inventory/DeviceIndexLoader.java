package io.acmpintune.engine.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import io.acmpintune.engine.matching.DeviceDecision;
import io.acmpintune.engine.matching.DeviceIdentity;
import io.acmpintune.engine.matching.DeviceIndex;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.engine.matching.MatchState;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.model.device.DeviceId;

/**
 * Loads from the tables {@code device} and {@code client} what matching a page of devices needs, in a few statements however
 * many devices. Devices that stay linked need one of them.
 */
@Repository
class DeviceIndexLoader {

    private final JdbcClient jdbc;
    private final DecisionRepository pins;

    DeviceIndexLoader(JdbcClient jdbc, DecisionRepository pins) {
        this.jdbc = jdbc;
        this.pins = pins;
    }

    /**
     * Loads what is known about devices and those related to them.
     *
     * @param reported the devices as they are reported now
     * @param gone those of them that left Intune
     */
    DeviceIndex load(String workflow, Collection<DeviceIdentity> reported, Set<DeviceId> gone, MatchingRules rules) {
        return load(workflow, reported, gone, Set.of(), rules);
    }

    /** Loads what is known about a device that may lose its client. */
    DeviceIndex loadForRematch(String workflow, DeviceIdentity device, MatchingRules rules) {
        return load(workflow, List.of(device), Set.of(), Set.of(device.device()), rules);
    }

    private DeviceIndex load(String workflow, Collection<DeviceIdentity> reported, Set<DeviceId> gone,
            Set<DeviceId> toRematch,
            MatchingRules rules) {
        DeviceIndex index = new DeviceIndex();
        Map<DeviceId, KnownDevice> known = new LinkedHashMap<>();
        byId(workflow, reported).forEach(device -> known.put(device.device(), device));
        unlinkedCandidatesFor(workflow,
                known.values().stream().flatMap(device -> Stream.ofNullable(device.client())).toList())
                .forEach(device -> known.put(device.device(), device));

        Map<DeviceId, DeviceIdentity> all = new LinkedHashMap<>();
        known.values().forEach(device -> all.put(device.device(), device.identity()));
        reported.forEach(identity -> all.put(identity.device(), identity));
        Map<DeviceId, DeviceDecision> decisions = pins.decisions(workflow, all.keySet());
        decisions.forEach(index::putDecision);

        List<DeviceIdentity> undecided = all.values().stream().filter(identity -> {
            KnownDevice device = known.get(identity.device());
            return device == null || device.state() != MatchState.LINKED || toRematch.contains(device.device())
                    || decisions.containsKey(device.device());
        }).toList();
        if (!undecided.isEmpty()) {
            createdFor(workflow, undecided, index);
            Stream<UUID> clients = Stream.concat(
                    known.values().stream().flatMap(device -> device.candidates().stream()),
                    decisions.values().stream().flatMap(DeviceIndexLoader::pinnedClient));
            linked(workflow, undecided, clients, rules).forEach(device -> known.putIfAbsent(device.device(), device));
            ofKind(workflow, undecided, known.values(), gone)
                    .forEach(device -> known.putIfAbsent(device.device(), device));
        }
        known.values().forEach(index::put);
        return index;
    }

    private List<KnownDevice> byId(String workflow, Collection<DeviceIdentity> reported) {
        return jdbc.sql("select " + DeviceRow.COLUMNS + """
                 from device where workflow = :workflow and device = any(:devices)
                """)
                .param("workflow", workflow)
                .param("devices", texts(reported, identity -> identity.device().value()))
                .query((row, _) -> DeviceRow.read(row))
                .list();
    }

    private List<KnownDevice> unlinkedCandidatesFor(String workflow, List<UUID> clients) {
        return clients.isEmpty()
                ? List.of()
                : jdbc.sql("select " + DeviceRow.COLUMNS + """
                         from device where workflow = :workflow and client_id is null and candidates && :clients
                        """)
                        .param("workflow", workflow)
                        .param("clients", clients.toArray(UUID[]::new))
                        .query((row, _) -> DeviceRow.read(row))
                        .list();
    }

    private static Stream<UUID> pinnedClient(DeviceDecision verdict) {
        return switch (verdict) {
            case DeviceDecision.Pin pin -> Stream.of(pin.client());
            case DeviceDecision.Split _,DeviceDecision.Ignore _ -> Stream.empty();
        };
    }

    private void createdFor(String workflow, List<DeviceIdentity> undecided, DeviceIndex index) {
        jdbc.sql("select client_id, created_for from client where workflow = :workflow and created_for = any(:devices)")
                .param("workflow", workflow)
                .param("devices", texts(undecided, identity -> identity.device().value()))
                .query(row -> {
                    index.putCreatedClient(row.getObject(1, UUID.class), new DeviceId(row.getString(2)));
                });
    }

    /** Two devices with the same name are enough to see that it is not unique. */
    private List<KnownDevice> linked(String workflow, List<DeviceIdentity> undecided, Stream<UUID> clients,
            MatchingRules rules) {
        String select = "select " + DeviceRow.COLUMNS
                + " from device where workflow = :workflow and client_id is not null";
        return jdbc.sql(select + " and entra_id = any(:entra) union all " + select
                + " and serial_key = any(:serials) union all " + select + " and client_id = any(:clients) union all "
                + select + """
                         and client_id in (
                            select client.client_id from client
                            where client.workflow = :workflow and client.created_for = any(:devices))
                        union all select device.* from unnest(:names) as wanted (name) cross join lateral (
                        """ + select + " and name_key = wanted.name limit 2) device")
                .param("workflow", workflow)
                .param("entra",
                        undecided.stream().map(DeviceIdentity::entraId).filter(Objects::nonNull).toArray(UUID[]::new))
                .param("serials", texts(undecided, identity -> {
                    var serial = identity.serial();
                    return serial == null || !rules.isUsable(serial) ? null : serial.key();
                }))
                .param("clients", clients.toArray(UUID[]::new))
                .param("devices", texts(undecided, identity -> identity.device().value()))
                .param("names", texts(undecided.stream().filter(one -> !rules.isUsable(one.serial())).toList(),
                        DeviceIdentity::nameKey))
                .query((row, _) -> DeviceRow.read(row))
                .list();
    }

    /** Only where a name may link, since one user can have all devices of a kind. */
    private List<KnownDevice> ofKind(String workflow, List<DeviceIdentity> undecided, Collection<KnownDevice> known,
            Set<DeviceId> gone) {
        Set<String> left = new HashSet<>();
        known.stream()
                .filter(device -> device.client() != null)
                .filter(device -> device.removedAt() != null || gone.contains(device.device()))
                .forEach(device -> {
                    if (device.identity().nameKey() != null) {
                        left.add(device.identity().nameKey());
                    }
                });
        String[] kinds = texts(undecided.stream().filter(one -> left.contains(one.nameKey())).toList(),
                DeviceIdentity::kindKey);
        return kinds.length == 0
                ? List.of()
                : jdbc.sql("select " + DeviceRow.COLUMNS + """
                         from device
                        where workflow = :workflow and client_id is not null and kind_key = any(:kinds)
                        """)
                        .param("workflow", workflow)
                        .param("kinds", kinds)
                        .query((row, _) -> DeviceRow.read(row))
                        .list();
    }

    private static String[] texts(Collection<DeviceIdentity> identities,
            Function<DeviceIdentity, @Nullable String> text) {
        List<String> texts = new ArrayList<>();
        for (DeviceIdentity identity : identities) {
            String value = text.apply(identity);
            if (value != null) {
                texts.add(value);
            }
        }
        return texts.stream().distinct().toArray(String[]::new);
    }
}
