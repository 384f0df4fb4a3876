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
 * Matches devices one after another; each match sees the ones before, since two devices of a page may be the same. Devices
 * that wait for an operator, or whose client went to another device, are matched again whenever a match concerns them.
 */
public final class MatchingSession {

    private final DeviceIndex known;
    private final MatchingRules rules;
    private final Map<DeviceId, KnownDevice> changed = new LinkedHashMap<>();
    private final Set<UUID> orphaned = new LinkedHashSet<>();

    public MatchingSession(DeviceIndex known, MatchingRules rules) {
        this.known = known;
        this.rules = rules;
    }

    /** Matches a device that is in Intune. */
    public void match(DeviceIdentity device) {
        matchWithDependents(device, null);
    }

    /** Records that a device left Intune; it keeps its client. */
    public void leave(DeviceIdentity device, Instant at) {
        known.device(device.device()).ifPresent(before -> {
            record(before.gone(device, at));
            rematchCandidatesFor(before.client());
        });
    }

    /** Matches a device again after an operator decided about it, or undid a decision. */
    public void rematch(KnownDevice device) {
        if (device.state() == MatchState.LINKED && device.rule() == MatchingRule.PIN
                && known.decision(device.device()).isEmpty()) {
            release(device);
        }
        matchWithDependents(device.identity(), device.removedAt());
    }

    /** Returns every device whose match changed. */
    public Collection<KnownDevice> changed() {
        return List.copyOf(changed.values());
    }

    /** Returns the clients that lost their device. */
    public Set<UUID> orphaned() {
        return Set.copyOf(orphaned);
    }

    private void matchWithDependents(DeviceIdentity device, @Nullable Instant removedAt) {
        UUID before = known.device(device.device()).map(KnownDevice::client).orElse(null);
        UUID after = decide(device, removedAt).client();
        if (before != null && !before.equals(after)) {
            rematchCandidatesFor(before);
        }
        rematchCandidatesFor(after);
    }

    private KnownDevice decide(DeviceIdentity device, @Nullable Instant removedAt) {
        Match match = Matching.decide(device, known, rules);
        KnownDevice before = known.device(device.device()).orElse(null);
        KnownDevice after = KnownDevice.after(before, device, match).removed(removedAt);
        if (match instanceof Match.ExistingClient(var client, var rule, _, var from) && from != null) {
            known.device(from).ifPresent(holder -> record(holder.supersededBy(device.device(), client, rule)));
        }
        if (!after.equals(before)) {
            record(after);
        }
        return after;
    }

    /** Until it is matched again, the device is in conflict and has no client. */
    private void release(KnownDevice device) {
        record(new KnownDevice(device.identity(), MatchState.CONFLICT, null, device.rule(), device.explanation(),
                List.of(), device.removedAt()));
        rematchCandidatesFor(device.client());
    }

    private void record(KnownDevice after) {
        UUID before = known.device(after.device()).map(KnownDevice::client).orElse(null);
        known.put(after);
        changed.put(after.device(), after);
        if (before != null && known.holder(before).isEmpty()) {
            orphaned.add(before);
        }
        if (after.client() != null) {
            orphaned.remove(after.client());
        }
    }

    private void rematchCandidatesFor(@Nullable UUID client) {
        if (client == null) {
            return;
        }
        for (KnownDevice waiting : known.unlinkedCandidatesFor(client)) {
            if (canBecome(client, waiting)) {
                decide(waiting.identity(), waiting.removedAt());
            }
        }
    }

    /** A device that left Intune is matched again only to get its client back. */
    private boolean canBecome(UUID client, KnownDevice waiting) {
        return !waiting.isRemoved()
                || (waiting.state() == MatchState.SUPERSEDED && known.holder(client).isEmpty());
    }
}
