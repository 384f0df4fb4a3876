package io.acmpintune.runtime.continuity;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** How the database has gone on since its last heartbeat. */
public sealed interface Continuity {

    /** Longer pauses than this are a gap. It is longer than any restart. */
    Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    /** How far the clock may go back: the clocks of a database's servers differ a little. */
    Duration TOLERANCE = Duration.ofMinutes(1);

    /** Without a gap, or for the first time. */
    record Unbroken() implements Continuity {}

    /**
     * No service wrote for a while, or the clock jumped: an outage, or a backup of that age.
     *
     * @param last the time of the last heartbeat
     */
    record Gap(Instant last, Instant now) implements Continuity {

        /** Returns what was found, as one sentence. */
        public String evidence() {
            return now.isBefore(last)
                    ? "The database's clock shows " + now + ", and was at " + last + " before."
                    : "The database was not written between " + last + " and " + now + ".";
        }
    }

    /**
     * It is an earlier state of the database.
     *
     * @param evidence what was found, as one sentence
     */
    record Restored(String evidence) implements Continuity {}

    /**
     * What distinguishes a database from a copy of it; null = its server does not say.
     *
     * @param tables of the database and its tables, which a dump does not keep
     * @param server of the server, which a copy of its files keeps
     * @param timeline grows with each recovery from an archive, and with each failover
     */
    record Identity(String tables, @Nullable String server, @Nullable String timeline) {}

    /** A heartbeat; the count grows with each. */
    record Beat(long count, Instant at, Identity identity) {}

    /**
     * Compares the last heartbeat with the present.
     *
     * @param remembered the count of the last heartbeat of this process; null = it has just started
     */
    static Continuity between(Beat last, Instant now, Identity identity, @Nullable Long remembered) {
        if (remembered != null && last.count() < remembered) {
            return new Restored("The database's heartbeat went back from " + remembered + " to " + last.count()
                    + " while the service was running.");
        }
        Identity before = last.identity();
        if (!identity.tables().equals(before.tables())) {
            return new Restored("The database's tables were created again since its heartbeat of " + last.at()
                    + ", as from a dump.");
        }
        if (differ(identity.server(), before.server())) {
            return new Restored("The database has moved to another server since its heartbeat of " + last.at() + ".");
        }
        // a running service sees in the count whether a failover has lost anything
        if (remembered == null && differ(identity.timeline(), before.timeline())) {
            return new Restored("The database has another timeline since its heartbeat of " + last.at()
                    + ", as after a recovery from a backup.");
        }
        return now.isAfter(last.at().plus(LONGEST_PAUSE)) || now.plus(TOLERANCE).isBefore(last.at())
                ? new Gap(last.at(), now)
                : new Unbroken();
    }

    private static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !Objects.equals(one, other);
    }
}
