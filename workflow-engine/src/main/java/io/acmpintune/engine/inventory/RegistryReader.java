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

import io.acmpintune.engine.matching.Identity;
import io.acmpintune.engine.matching.KnownDevice;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.matching.Registry;
import io.acmpintune.engine.matching.Standing;
import io.acmpintune.engine.matching.Verdict;
import io.acmpintune.model.device.DeviceId;

/**
 * Reads from the tables {@code device} and {@code client} what decisions about some devices need, in a few
 * statements however many devices. Devices that stay the client that they are need one of them.
 */
@Repository
class RegistryReader {

    private final JdbcClient jdbc;
    private final PinRepository pins;

    RegistryReader(JdbcClient jdbc, PinRepository pins) {
        this.jdbc = jdbc;
        this.pins = pins;
    }

    /**
     * What is known around these devices.
     *
     * @param told the devices as they are told now
     * @param gone those of them that have left Intune
     */
    Registry read(String workflow, Collection<Identity> told, Set<DeviceId> gone, MatchingRules rules) {
        return read(workflow, told, gone, Set.of(), rules);
    }

    /** What is known around a device that may lose what it is. */
    Registry readAfresh(String workflow, Identity device, MatchingRules rules) {
        return read(workflow, List.of(device), Set.of(), Set.of(device.device()), rules);
    }

    private Registry read(String workflow, Collection<Identity> told, Set<DeviceId> gone, Set<DeviceId> afresh,
            MatchingRules rules) {
        Registry registry = new Registry();
        Map<DeviceId, KnownDevice> known = new LinkedHashMap<>();
        byId(workflow, told).forEach(device -> known.put(device.device(), device));
        parkedOn(workflow, known.values().stream().flatMap(device -> Stream.ofNullable(device.client())).toList())
                .forEach(device -> known.put(device.device(), device));

        Map<DeviceId, Identity> all = new LinkedHashMap<>();
        known.values().forEach(device -> all.put(device.device(), device.identity()));
        told.forEach(identity -> all.put(identity.device(), identity));
        Map<DeviceId, Verdict> verdicts = pins.verdicts(workflow, all.keySet());
        verdicts.forEach(registry::putVerdict);

        List<Identity> undecided = all.values().stream().filter(identity -> {
            KnownDevice device = known.get(identity.device());
            return device == null || device.standing() != Standing.LINKED || afresh.contains(device.device())
                    || verdicts.containsKey(device.device());
        }).toList();
        if (!undecided.isEmpty()) {
            founded(workflow, undecided, registry);
            Stream<UUID> clients = Stream.concat(
                    known.values().stream().flatMap(device -> device.candidates().stream()),
                    verdicts.values().stream().flatMap(RegistryReader::pinnedTo));
            linked(workflow, undecided, clients, rules).forEach(device -> known.putIfAbsent(device.device(), device));
            ofKind(workflow, undecided, known.values(), gone)
                    .forEach(device -> known.putIfAbsent(device.device(), device));
        }
        known.values().forEach(registry::put);
        return registry;
    }

    private List<KnownDevice> byId(String workflow, Collection<Identity> told) {
        return jdbc.sql("select " + KnownRow.COLUMNS + """
                 from device where workflow = :workflow and device = any(:devices)
                """)
                .param("workflow", workflow)
                .param("devices", texts(told, identity -> identity.device().value()))
                .query((row, _) -> KnownRow.read(row))
                .list();
    }

    private List<KnownDevice> parkedOn(String workflow, List<UUID> clients) {
        return clients.isEmpty()
                ? List.of()
                : jdbc.sql("select " + KnownRow.COLUMNS + """
                         from device where workflow = :workflow and client_id is null and candidates && :clients
                        """)
                        .param("workflow", workflow)
                        .param("clients", clients.toArray(UUID[]::new))
                        .query((row, _) -> KnownRow.read(row))
                        .list();
    }

    private static Stream<UUID> pinnedTo(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pin pin -> Stream.of(pin.client());
            case Verdict.Split _,Verdict.Ignore _ -> Stream.empty();
        };
    }

    private void founded(String workflow, List<Identity> undecided, Registry registry) {
        jdbc.sql("select client_id, founder from client where workflow = :workflow and founder = any(:devices)")
                .param("workflow", workflow)
                .param("devices", texts(undecided, identity -> identity.device().value()))
                .query(row -> {
                    registry.putClient(row.getObject(1, UUID.class), new DeviceId(row.getString(2)));
                });
    }

    /** Of a name that many have, two are enough to see that it says nothing. */
    private List<KnownDevice> linked(String workflow, List<Identity> undecided, Stream<UUID> clients,
            MatchingRules rules) {
        String select = "select " + KnownRow.COLUMNS
                + " from device where workflow = :workflow and client_id is not null";
        return jdbc.sql(select + " and entra_id = any(:entra) union all " + select
                + " and serial_key = any(:serials) union all " + select + " and client_id = any(:clients) union all "
                + select + """
                         and client_id in (
                            select client.client_id from client
                            where client.workflow = :workflow and client.founder = any(:devices))
                        union all select device.* from unnest(:names) as wanted (name) cross join lateral (
                        """ + select + " and name_key = wanted.name limit 2) device")
                .param("workflow", workflow)
                .param("entra",
                        undecided.stream().map(Identity::entraId).filter(Objects::nonNull).toArray(UUID[]::new))
                .param("serials", texts(undecided, identity -> {
                    var serial = identity.serial();
                    return serial == null || !rules.usable(serial) ? null : serial.key();
                }))
                .param("clients", clients.toArray(UUID[]::new))
                .param("devices", texts(undecided, identity -> identity.device().value()))
                .param("names", texts(undecided.stream().filter(one -> !rules.usable(one.serial())).toList(),
                        Identity::nameKey))
                .query((row, _) -> KnownRow.read(row))
                .list();
    }

    /** Only where a name may link: a single user can have all devices of a kind. */
    private List<KnownDevice> ofKind(String workflow, List<Identity> undecided, Collection<KnownDevice> known,
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
                Identity::kindKey);
        return kinds.length == 0
                ? List.of()
                : jdbc.sql("select " + KnownRow.COLUMNS + """
                         from device
                        where workflow = :workflow and client_id is not null and kind_key = any(:kinds)
                        """)
                        .param("workflow", workflow)
                        .param("kinds", kinds)
                        .query((row, _) -> KnownRow.read(row))
                        .list();
    }

    private static String[] texts(Collection<Identity> identities, Function<Identity, @Nullable String> text) {
        List<String> texts = new ArrayList<>();
        for (Identity identity : identities) {
            String value = text.apply(identity);
            if (value != null) {
                texts.add(value);
            }
        }
        return texts.stream().distinct().toArray(String[]::new);
    }
}
