package io.acmpintune.engine.matching;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Decides which client a device is. Pure: the same device, index and rules give the same match.
 *
 * <p>
 * An operator's decision comes first, then the link that the device has. After these, the first rule that finds a client
 * decides: the device takes the client over if the client's device left Intune, or was last seen before this record was
 * enrolled (then it is the same device, enrolled again). If both devices are in Intune, it is a conflict.
 */
public final class Matching {

    private final DeviceIndex known;
    private final MatchingRules rules;

    private Matching(DeviceIndex known, MatchingRules rules) {
        this.known = known;
        this.rules = rules;
    }

    /** Decides which client a device in Intune is. */
    public static Match decide(DeviceIdentity device, DeviceIndex known, MatchingRules rules) {
        return new Matching(known, rules).decide(device);
    }

    private Match decide(DeviceIdentity device) {
        Optional<KnownDevice> before = known.device(device.device());
        return known.decision(device.device())
                .map(decision -> byDecision(device, decision))
                .or(() -> before.flatMap(known -> byState(device, known)))
                .or(() -> rules.inOrder().stream().flatMap(rule -> byRule(rule, device).stream()).findFirst())
                .orElseGet(() -> new Match.NewClient(own(device), null, MatchExplanations.FOUNDED));
    }

    private Match byDecision(DeviceIdentity device, DeviceDecision decision) {
        return switch (decision) {
            case DeviceDecision.Pin pin -> pinned(device, pin);
            case DeviceDecision.Split split -> new Match.NewClient(known.device(device.device())
                    .map(KnownDevice::client)
                    .filter(known.createdFor(device.device())::contains)
                    .orElseGet(() -> own(device)), MatchingRule.PIN, MatchExplanations.split(split));
            case DeviceDecision.Ignore ignore -> new Match.Ignored(MatchExplanations.ignored(ignore));
        };
    }

    private Match pinned(DeviceIdentity device, DeviceDecision.Pin pin) {
        UUID client = pin.client();
        Optional<KnownDevice> other = known.holder(client)
                .filter(holder -> !holder.device().equals(device.device()));
        if (other.isEmpty() || other.get().isRemoved() || device.enrolledAfter(other.get().identity())) {
            return new Match.ExistingClient(client, MatchingRule.PIN, MatchExplanations.pinned(pin),
                    other.map(KnownDevice::device).orElse(null));
        }
        return other.get().identity().enrolledAfter(device)
                ? new Match.Superseded(client, MatchingRule.PIN,
                        MatchExplanations.superseded(MatchingRule.PIN, device, client, other.get()))
                : new Match.Conflict(List.of(client), MatchingRule.PIN,
                        MatchExplanations.pinnedElsewhere(pin, other.get()));
    }

    private Optional<Match> byState(DeviceIdentity device, KnownDevice before) {
        return switch (before.state()) {
            case LINKED -> Optional.of(new Match.Unchanged(Objects.requireNonNull(before.client())));
            case SUPERSEDED -> stillSuperseded(device, before);
            case CONFLICT, IGNORED -> Optional.empty();
        };
    }

    private Optional<Match> stillSuperseded(DeviceIdentity device, KnownDevice before) {
        UUID client = before.candidates().getFirst();
        MatchingRule rule = before.rule() == null ? MatchingRule.OWN_LINK : before.rule();
        Optional<KnownDevice> holder = known.holder(client);
        if (holder.isEmpty()) {
            return Optional.of(
                    new Match.ExistingClient(client, MatchingRule.OWN_LINK, MatchExplanations.takenBack(client), null));
        }
        if (!isRevived(device, holder.get())) {
            return Optional.of(new Match.Superseded(client, rule, before.explanation()));
        }
        return holder.get().isRemoved()
                ? Optional.of(new Match.ExistingClient(client, rule,
                        MatchExplanations.takenFromRemoved(rule, device, client, holder.get()), holder.get().device()))
                : Optional.of(new Match.Conflict(List.of(client), rule,
                        MatchExplanations.revived(device, client, holder.get())));
    }

    /** It was seen after the other record was enrolled, so it is not an old record of that device. */
    private static boolean isRevived(DeviceIdentity device, KnownDevice holder) {
        return !holder.identity().enrolledAfter(device);
    }

    private Optional<Match> byRule(MatchingRule rule, DeviceIdentity device) {
        return switch (rule) {
            case OWN_LINK, PIN -> Optional.empty();
            case ENTRA_DEVICE_ID -> among(rule, device, known.linkedBy(rule, device));
            case SERIAL_NUMBER -> rules.isUsable(device.serial())
                    ? among(rule, device, known.linkedBy(rule, device))
                    : Optional.empty();
            case NAME_AND_DOMAIN -> byName(rule, device);
        };
    }

    private Optional<Match> among(MatchingRule rule, DeviceIdentity device, List<KnownDevice> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<UUID> clients = found.stream().map(Matching::client).toList();
        if (clients.size() > 1) {
            return Optional.of(new Match.Conflict(clients, rule, MatchExplanations.several(rule, device, clients)));
        }
        return Optional.of(one(rule, device, clients.getFirst(), found.getFirst()));
    }

    private Match one(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        if (serialsDiffer(device, holder.identity())) {
            return new Match.Conflict(List.of(client), rule,
                    MatchExplanations.otherSerial(rule, device, client, holder));
        }
        if (holder.isRemoved()) {
            return new Match.ExistingClient(client, rule,
                    MatchExplanations.takenFromRemoved(rule, device, client, holder),
                    holder.device());
        }
        if (device.enrolledAfter(holder.identity())) {
            return new Match.ExistingClient(client, rule,
                    MatchExplanations.takenFromSilent(rule, device, client, holder),
                    holder.device());
        }
        // Intune reports records in any order: this one may be the older
        return holder.identity().enrolledAfter(device)
                ? new Match.Superseded(client, rule, MatchExplanations.superseded(rule, device, client, holder))
                : new Match.Conflict(List.of(client), rule, MatchExplanations.bothThere(rule, device, client, holder));
    }

    /**
     * Names are weak: they are assigned by default, restored on the next phone, swapped. So they count only for devices
     * without a usable serial number, and only if no other device can be meant and nothing contradicts.
     */
    private Optional<Match> byName(MatchingRule rule, DeviceIdentity device) {
        List<KnownDevice> found = known.linkedBy(rule, device);
        if (rules.isUsable(device.serial()) || found.size() != 1 || !found.getFirst().isRemoved()) {
            return Optional.empty();
        }
        KnownDevice holder = found.getFirst();
        boolean othersMayBeMeant = known.linkedOfSameKind(device)
                .stream()
                .anyMatch(other -> !other.equals(holder) && !rules.isUsable(other.identity().serial()));
        if (othersMayBeMeant || !device.enrolledAfter(holder.identity()) || rules.isUsable(holder.identity().serial())
                || entraIdsDiffer(device, holder.identity())) {
            return Optional.empty();
        }
        UUID client = client(holder);
        return Optional.of(
                new Match.ExistingClient(client, rule, MatchExplanations.takenFromRemoved(rule, device, client, holder),
                        holder.device()));
    }

    private boolean serialsDiffer(DeviceIdentity one, DeviceIdentity other) {
        return rules.isUsable(one.serial()) && rules.isUsable(other.serial())
                && !Objects.equals(one.serial(), other.serial());
    }

    private static boolean entraIdsDiffer(DeviceIdentity one, DeviceIdentity other) {
        return one.entraId() != null && other.entraId() != null && !one.entraId().equals(other.entraId());
    }

    /** Returns a client ID of the device's own that no other device has. */
    private UUID own(DeviceIdentity device) {
        UUID tenant = Objects.requireNonNull(device.tenant(), "a matched device belongs to a tenant");
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> ClientIds.derive(tenant, device.device(), number))
                .filter(id -> known.holder(id).filter(holder -> !holder.device().equals(device.device())).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static UUID client(KnownDevice linked) {
        return Objects.requireNonNull(linked.client(), "the index returns linked devices only");
    }
}
