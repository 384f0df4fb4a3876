package io.acmpintune.engine.matching;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/** Explains matches to operators. */
final class MatchExplanations {

    static final String FOUNDED = "Nothing that was known could be this device, so a client was made for it.";

    private MatchExplanations() {}

    static String shared(MatchingRule rule, DeviceIdentity device) {
        return switch (rule) {
            case OWN_LINK -> "Its own link";
            case PIN -> "An operator's word";
            case ENTRA_DEVICE_ID -> "Entra device id " + device.entraId();
            case SERIAL_NUMBER -> "Serial number " + device.serial();
            case NAME_AND_DOMAIN -> "Its name, with domain, user and model,";
        };
    }

    static String takenFromRemoved(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        return "%s is that of client %s, whose device %s left Intune on %s.".formatted(shared(rule, device),
                client(client), holder.device(), time(holder.removedAt()));
    }

    static String takenFromSilent(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        return "%s is that of client %s, whose device %s was last seen on %s, before this one was enrolled on %s."
                .formatted(shared(rule, device), client(client), holder.device(), seen(holder.identity()),
                        time(device.enrolledAt()));
    }

    static String takenBack(UUID client) {
        return "It was client %s before, and no device is that client any more.".formatted(client(client));
    }

    static String superseded(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        return "%s is that of client %s, whose device %s was enrolled on %s, after this record was last seen on %s."
                .formatted(shared(rule, device), client(client), holder.device(), time(holder.identity().enrolledAt()),
                        seen(device));
    }

    static String supersededBy(DeviceId newer, UUID client) {
        return "Its client %s went to device %s, the newer record of the same device.".formatted(client(client), newer);
    }

    static String revived(DeviceIdentity device, UUID client, KnownDevice holder) {
        return "Its client %s went to device %s, enrolled on %s; but this one was seen after that, on %s: there are two."
                .formatted(client(client), holder.device(), time(holder.identity().enrolledAt()), seen(device));
    }

    static String bothThere(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        return "%s is that of client %s, whose device %s is still in Intune, last seen on %s; this one was enrolled on %s."
                .formatted(shared(rule, device), client(client), holder.device(), seen(holder.identity()),
                        time(device.enrolledAt()));
    }

    static String otherSerial(MatchingRule rule, DeviceIdentity device, UUID client, KnownDevice holder) {
        return "%s is that of client %s, but its device %s has serial number %s and this one %s.".formatted(
                shared(rule, device), client(client), holder.device(), holder.identity().serial(), device.serial());
    }

    static String several(MatchingRule rule, DeviceIdentity device, List<UUID> clients) {
        return "%s is that of %d clients: %s.".formatted(shared(rule, device), clients.size(),
                clients.stream().map(MatchExplanations::client).collect(Collectors.joining(", ")));
    }

    static String pinned(DeviceDecision.Pin pin) {
        return "%s decided on %s that it is client %s.".formatted(pin.decidedBy(), time(pin.decidedAt()),
                client(pin.client()));
    }

    static String pinnedElsewhere(DeviceDecision.Pin pin, KnownDevice holder) {
        return "%s But device %s is that client, and was last seen on %s.".formatted(pinned(pin), holder.device(),
                seen(holder.identity()));
    }

    static String split(DeviceDecision.Split split) {
        return "%s decided on %s that it is a client of its own.".formatted(split.decidedBy(), time(split.decidedAt()));
    }

    static String ignored(DeviceDecision.Ignore ignore) {
        return "%s decided on %s that nothing is to be done with it.".formatted(ignore.decidedBy(),
                time(ignore.decidedAt()));
    }

    /** As ACMP writes ids. */
    private static String client(UUID id) {
        return "{" + id.toString().toUpperCase(Locale.ROOT) + "}";
    }

    private static String seen(DeviceIdentity device) {
        return time(device.lastSeen().orElse(null));
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "an unknown date" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
