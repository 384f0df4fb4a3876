package io.acmpintune.connector.action;

import java.time.Duration;

import io.acmpintune.connector.tenant.Connector.FollowUp;

/** Doubling pauses between attempts. */
final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private Backoff() {}

    /** Returns the pause after some attempts. */
    static Duration pause(int attempts, FollowUp followUp) {
        Duration pause = followUp.first().multipliedBy(1L << Math.min(attempts + 1, MAX_DOUBLINGS));
        return shorter(pause, followUp.longest());
    }

    /** As {@link #pause(int, FollowUp)}, limited further. */
    static Duration pause(int attempts, FollowUp followUp, Duration limit) {
        return shorter(pause(attempts, followUp), limit);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
