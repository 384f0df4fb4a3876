package io.acmpintune.engine.matching;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Decides which client a device is. Pure: the same device, registry and rules give the same match.
 *
 * <p>
 * An operator's word stands above all; then what the device has been. The first other rule that finds a client decides: the
 * device takes it over when the device that was it has left Intune, or had fallen silent before this record was enrolled
 * (then it is the same device, enrolled again). When both are there, it is a conflict.
 */
public final class Matching {

    private final Registry known;
    private final MatchingRules rules;

    private Matching(Registry known, MatchingRules rules) {
        this.known = known;
        this.rules = rules;
    }

    /** Which client a device is that is in Intune, by what is known. */
    public static Match decide(Identity device, Registry known, MatchingRules rules) {
        return new Matching(known, rules).decide(device);
    }

    private Match decide(Identity device) {
        Optional<KnownDevice> before = known.device(device.device());
        return known.verdict(device.device())
                .map(verdict -> byVerdict(device, verdict))
                .or(() -> before.flatMap(standing -> byStanding(device, standing)))
                .or(() -> rules.inOrder().stream().flatMap(rule -> byRule(rule, device).stream()).findFirst())
                .orElseGet(() -> new Match.Founds(own(device), null, Sentences.FOUNDED));
    }

    private Match byVerdict(Identity device, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pin pin -> pinned(device, pin);
            case Verdict.Split split -> new Match.Founds(known.device(device.device())
                    .map(KnownDevice::client)
                    .filter(known.founded(device.device())::contains)
                    .orElseGet(() -> own(device)), Rule.PIN, Sentences.split(split));
            case Verdict.Ignore ignore -> new Match.Ignored(Sentences.ignored(ignore));
        };
    }

    private Match pinned(Identity device, Verdict.Pin pin) {
        UUID client = pin.client();
        Optional<KnownDevice> other = known.holder(client)
                .filter(holder -> !holder.device().equals(device.device()));
        if (other.isEmpty() || other.get().isRemoved() || device.follows(other.get().identity())) {
            return new Match.Takes(client, Rule.PIN, Sentences.pinned(pin),
                    other.map(KnownDevice::device).orElse(null));
        }
        return other.get().identity().follows(device)
                ? new Match.Superseded(client, Rule.PIN, Sentences.superseded(Rule.PIN, device, client, other.get()))
                : new Match.Conflict(List.of(client), Rule.PIN, Sentences.pinnedElsewhere(pin, other.get()));
    }

    private Optional<Match> byStanding(Identity device, KnownDevice before) {
        return switch (before.standing()) {
            case LINKED -> Optional.of(new Match.Keeps(Objects.requireNonNull(before.client())));
            case SUPERSEDED -> stillSuperseded(device, before);
            case CONFLICT, IGNORED -> Optional.empty();
        };
    }

    private Optional<Match> stillSuperseded(Identity device, KnownDevice before) {
        UUID client = before.candidates().getFirst();
        Rule rule = before.rule() == null ? Rule.OWN_LINK : before.rule();
        Optional<KnownDevice> holder = known.holder(client);
        if (holder.isEmpty()) {
            return Optional.of(new Match.Takes(client, Rule.OWN_LINK, Sentences.takenBack(client), null));
        }
        if (!isRevived(device, holder.get())) {
            return Optional.of(new Match.Superseded(client, rule, before.explanation()));
        }
        return holder.get().isRemoved()
                ? Optional.of(new Match.Takes(client, rule,
                        Sentences.takenFromRemoved(rule, device, client, holder.get()), holder.get().device()))
                : Optional.of(new Match.Conflict(List.of(client), rule,
                        Sentences.revived(device, client, holder.get())));
    }

    /** Seen after the record that its client went to was enrolled: so it is no old record of that device. */
    private static boolean isRevived(Identity device, KnownDevice holder) {
        return !holder.identity().follows(device);
    }

    private Optional<Match> byRule(Rule rule, Identity device) {
        return switch (rule) {
            case OWN_LINK, PIN -> Optional.empty();
            case ENTRA_DEVICE_ID -> among(rule, device, known.linkedBy(rule, device));
            case SERIAL_NUMBER -> rules.usable(device.serial())
                    ? among(rule, device, known.linkedBy(rule, device))
                    : Optional.empty();
            case NAME_AND_DOMAIN -> byName(rule, device);
        };
    }

    private Optional<Match> among(Rule rule, Identity device, List<KnownDevice> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<UUID> clients = found.stream().map(Matching::client).toList();
        if (clients.size() > 1) {
            return Optional.of(new Match.Conflict(clients, rule, Sentences.several(rule, device, clients)));
        }
        return Optional.of(one(rule, device, clients.getFirst(), found.getFirst()));
    }

    private Match one(Rule rule, Identity device, UUID client, KnownDevice holder) {
        if (serialsDiffer(device, holder.identity())) {
            return new Match.Conflict(List.of(client), rule, Sentences.otherSerial(rule, device, client, holder));
        }
        if (holder.isRemoved()) {
            return new Match.Takes(client, rule, Sentences.takenFromRemoved(rule, device, client, holder),
                    holder.device());
        }
        if (device.follows(holder.identity())) {
            return new Match.Takes(client, rule, Sentences.takenFromSilent(rule, device, client, holder),
                    holder.device());
        }
        // Intune tells the records in any order: this one may be the older
        return holder.identity().follows(device)
                ? new Match.Superseded(client, rule, Sentences.superseded(rule, device, client, holder))
                : new Match.Conflict(List.of(client), rule, Sentences.bothThere(rule, device, client, holder));
    }

    /**
     * Names are weak: they are given by default, restored on the next phone, swapped. So they are for devices that no serial
     * number tells apart, and only where nothing else can be meant and nothing speaks against it.
     */
    private Optional<Match> byName(Rule rule, Identity device) {
        List<KnownDevice> found = known.linkedBy(rule, device);
        if (rules.usable(device.serial()) || found.size() != 1 || !found.getFirst().isRemoved()) {
            return Optional.empty();
        }
        KnownDevice holder = found.getFirst();
        boolean othersMayBeMeant = known.linkedOfKind(device)
                .stream()
                .anyMatch(other -> !other.equals(holder) && !rules.usable(other.identity().serial()));
        if (othersMayBeMeant || !device.follows(holder.identity()) || rules.usable(holder.identity().serial())
                || entraIdsDiffer(device, holder.identity())) {
            return Optional.empty();
        }
        UUID client = client(holder);
        return Optional.of(new Match.Takes(client, rule, Sentences.takenFromRemoved(rule, device, client, holder),
                holder.device()));
    }

    private boolean serialsDiffer(Identity one, Identity other) {
        return rules.usable(one.serial()) && rules.usable(other.serial())
                && !Objects.equals(one.serial(), other.serial());
    }

    private static boolean entraIdsDiffer(Identity one, Identity other) {
        return one.entraId() != null && other.entraId() != null && !one.entraId().equals(other.entraId());
    }

    /** A client of the device's own: the first whose id no other device has. */
    private UUID own(Identity device) {
        UUID tenant = Objects.requireNonNull(device.tenant(), "a device that is decided about was told by a tenant");
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> ClientIds.derive(tenant, device.device(), number))
                .filter(id -> known.holder(id).filter(holder -> !holder.device().equals(device.device())).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private static UUID client(KnownDevice linked) {
        return Objects.requireNonNull(linked.client(), "only linked devices are looked for");
    }
}
