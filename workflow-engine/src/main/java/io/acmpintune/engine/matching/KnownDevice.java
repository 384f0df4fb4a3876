package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * A device and its match.
 *
 * @param client the client that it is; null unless {@link MatchState#LINKED}
 * @param rule the rule that decided; null = no existing client matched, so one was created
 * @param candidates the clients that it may be, or for {@link MatchState#SUPERSEDED} the one that it was
 * @param removedAt when it left Intune; null = it is in Intune
 */
public record KnownDevice(DeviceIdentity identity, MatchState state, @Nullable UUID client, @Nullable MatchingRule rule,
        String explanation, List<UUID> candidates, @Nullable Instant removedAt) {

    public KnownDevice {
        if ((state == MatchState.LINKED) != (client != null)) {
            throw new IllegalArgumentException(state + " with client " + client);
        }
        candidates = List.copyOf(candidates);
    }

    /** Returns the device after a match; {@code before} is null for a new device. */
    static KnownDevice after(@Nullable KnownDevice before, DeviceIdentity identity, Match match) {
        return switch (match) {
            case Match.Unchanged(var client) -> kept(before, identity, client);
            case Match.ExistingClient(var client, var rule, var explanation, _) ->
                new KnownDevice(identity, MatchState.LINKED, client, rule, explanation, List.of(), null);
            case Match.NewClient(var client, var rule, var explanation) ->
                new KnownDevice(identity, MatchState.LINKED, client, rule, explanation, List.of(), null);
            case Match.Conflict(var candidates, var rule, var explanation) ->
                new KnownDevice(identity, MatchState.CONFLICT, null, rule, explanation, candidates, null);
            case Match.Superseded(var client, var rule, var explanation) ->
                new KnownDevice(identity, MatchState.SUPERSEDED, null, rule, explanation, List.of(client), null);
            case Match.Ignored(var explanation) ->
                new KnownDevice(identity, MatchState.IGNORED, null, MatchingRule.PIN, explanation, List.of(), null);
        };
    }

    private static KnownDevice kept(@Nullable KnownDevice before, DeviceIdentity identity, UUID client) {
        if (before == null || !client.equals(before.client())) {
            throw new IllegalArgumentException(identity.device() + " cannot keep " + client + ", which it is not");
        }
        return new KnownDevice(identity, MatchState.LINKED, client, before.rule(), before.explanation(), List.of(),
                null);
    }

    KnownDevice removed(@Nullable Instant at) {
        return new KnownDevice(identity, state, client, rule, explanation, candidates, at);
    }

    /** Returns the device after it left Intune; a device that had left keeps that time. */
    KnownDevice gone(DeviceIdentity lastReported, Instant at) {
        return new KnownDevice(lastReported, state, client, rule, explanation, candidates,
                removedAt == null ? at : removedAt);
    }

    /** Returns the device after its client went to another device. */
    KnownDevice supersededBy(DeviceId newer, UUID lost, MatchingRule by) {
        return new KnownDevice(identity, MatchState.SUPERSEDED, null, by, MatchExplanations.supersededBy(newer, lost),
                List.of(lost), removedAt);
    }

    public DeviceId device() {
        return identity.device();
    }

    boolean isRemoved() {
        return removedAt != null;
    }
}
