package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * A series of decisions, each of which knows the ones before: two devices of one page may be the same. What one decision
 * changes for devices that wait for an operator, or whose client went to another, is decided at once.
 */
public final class MatchingSession {

    private final DeviceIndex known;
    private final MatchingRules rules;
    private final Map<DeviceId, KnownDevice> changed = new LinkedHashMap<>();
    private final Set<UUID> left = new LinkedHashSet<>();

    public MatchingSession(DeviceIndex known, MatchingRules rules) {
        this.known = known;
        this.rules = rules;
    }

    /** A device is in Intune, as told now. */
    public void present(DeviceIdentity device) {
        settle(device, null);
    }

    /** A device, as it was last told, has left Intune; it stays the client that it was. */
    public void gone(DeviceIdentity device, Instant at) {
        known.device(device.device()).ifPresent(before -> {
            note(before.gone(device, at));
            decideAgainOn(before.client());
        });
    }

    /** An operator decided, or withdrew a decision: what the device is by an earlier decision counts no more. */
    public void decideAgain(KnownDevice device) {
        if (device.state() == MatchState.LINKED && device.rule() == MatchingRule.PIN
                && known.decision(device.device()).isEmpty()) {
            release(device);
        }
        settle(device.identity(), device.removedAt());
    }

    /** Every device that is not what it was, as it is now. */
    public Collection<KnownDevice> changed() {
        return List.copyOf(changed.values());
    }

    /** The clients that no device is any more. */
    public Set<UUID> left() {
        return Set.copyOf(left);
    }

    private void settle(DeviceIdentity device, @Nullable Instant removedAt) {
        UUID before = known.device(device.device()).map(KnownDevice::client).orElse(null);
        UUID after = decide(device, removedAt).client();
        if (before != null && !before.equals(after)) {
            decideAgainOn(before);
        }
        decideAgainOn(after);
    }

    private KnownDevice decide(DeviceIdentity device, @Nullable Instant removedAt) {
        Match match = Matching.decide(device, known, rules);
        KnownDevice before = known.device(device.device()).orElse(null);
        KnownDevice after = KnownDevice.after(before, device, match).removed(removedAt);
        if (match instanceof Match.ExistingClient(var client, var rule, _, var from) && from != null) {
            known.device(from).ifPresent(holder -> note(holder.supersededBy(device.device(), client, rule)));
        }
        if (!after.equals(before)) {
            note(after);
        }
        return after;
    }

    /** Until it is decided again, the device stands as one whose client went to nobody. */
    private void release(KnownDevice device) {
        note(new KnownDevice(device.identity(), MatchState.CONFLICT, null, device.rule(), device.explanation(),
                List.of(), device.removedAt()));
        decideAgainOn(device.client());
    }

    private void note(KnownDevice after) {
        UUID before = known.device(after.device()).map(KnownDevice::client).orElse(null);
        known.put(after);
        changed.put(after.device(), after);
        if (before != null && known.holder(before).isEmpty()) {
            left.add(before);
        }
        if (after.client() != null) {
            left.remove(after.client());
        }
    }

    private void decideAgainOn(@Nullable UUID client) {
        if (client == null) {
            return;
        }
        for (KnownDevice waiting : known.unlinkedCandidatesFor(client)) {
            if (mayBecome(client, waiting)) {
                decide(waiting.identity(), waiting.removedAt());
            }
        }
    }

    /** A device that has left Intune is decided about only to give it back the client that nobody is. */
    private boolean mayBecome(UUID client, KnownDevice waiting) {
        return !waiting.isRemoved()
                || (waiting.state() == MatchState.SUPERSEDED && known.holder(client).isEmpty());
    }
}
