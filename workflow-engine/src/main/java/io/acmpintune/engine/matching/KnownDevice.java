package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

/**
 * A device and what was decided about it.
 *
 * @param client which client it is; null unless {@link Standing#LINKED}
 * @param rule what decided; null = nothing that was known could be meant, so a client was made
 * @param candidates the clients that it may be, or for {@link Standing#SUPERSEDED} the one that it was
 * @param removedAt when it left Intune; null = it is there
 */
public record KnownDevice(Identity identity, Standing standing, @Nullable UUID client, @Nullable Rule rule,
        String explanation, List<UUID> candidates, @Nullable Instant removedAt) {

    public KnownDevice {
        if ((standing == Standing.LINKED) != (client != null)) {
            throw new IllegalArgumentException(standing + " with client " + client);
        }
        candidates = List.copyOf(candidates);
    }

    /** The device after a decision; {@code before} is null for one that was not known. */
    static KnownDevice after(@Nullable KnownDevice before, Identity identity, Match match) {
        return switch (match) {
            case Match.Keeps(var client) -> kept(before, identity, client);
            case Match.Takes(var client, var rule, var explanation, _) ->
                new KnownDevice(identity, Standing.LINKED, client, rule, explanation, List.of(), null);
            case Match.Founds(var client, var rule, var explanation) ->
                new KnownDevice(identity, Standing.LINKED, client, rule, explanation, List.of(), null);
            case Match.Conflict(var candidates, var rule, var explanation) ->
                new KnownDevice(identity, Standing.CONFLICT, null, rule, explanation, candidates, null);
            case Match.Superseded(var client, var rule, var explanation) ->
                new KnownDevice(identity, Standing.SUPERSEDED, null, rule, explanation, List.of(client), null);
            case Match.Ignored(var explanation) ->
                new KnownDevice(identity, Standing.IGNORED, null, Rule.PIN, explanation, List.of(), null);
        };
    }

    private static KnownDevice kept(@Nullable KnownDevice before, Identity identity, UUID client) {
        if (before == null || !client.equals(before.client())) {
            throw new IllegalArgumentException(identity.device() + " cannot keep " + client + ", which it is not");
        }
        return new KnownDevice(identity, Standing.LINKED, client, before.rule(), before.explanation(), List.of(), null);
    }

    KnownDevice removed(@Nullable Instant at) {
        return new KnownDevice(identity, standing, client, rule, explanation, candidates, at);
    }

    /** This device after it left Intune; when it had left before, then it was then. */
    KnownDevice gone(Identity lastTold, Instant at) {
        return new KnownDevice(lastTold, standing, client, rule, explanation, candidates,
                removedAt == null ? at : removedAt);
    }

    /** This device after its client went to another one. */
    KnownDevice supersededBy(DeviceId newer, UUID lost, Rule by) {
        return new KnownDevice(identity, Standing.SUPERSEDED, null, by, Sentences.supersededBy(newer, lost),
                List.of(lost), removedAt);
    }

    public DeviceId device() {
        return identity.device();
    }

    boolean isRemoved() {
        return removedAt != null;
    }
}
