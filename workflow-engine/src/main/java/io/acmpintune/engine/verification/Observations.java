package io.acmpintune.engine.verification;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.ConnectionProbe.Reach;
import io.acmpintune.engine.acmp.ConnectionProbe.Tls;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/**
 * Observations of the way to ACMP, not yet evaluated.
 *
 * @param tls null = not tried
 * @param roundTrips one for each ACMP server
 */
record Observations(Reach reach, @Nullable Tls tls, Attempt logIn, Attempt replyTarget, List<RoundTrip> roundTrips) {

    Observations {
        roundTrips = List.copyOf(roundTrips);
    }

    /** The result of an attempt. */
    sealed interface Attempt {
        record NotTried() implements Attempt {}

        record Worked() implements Attempt {}

        record Failed(ConnectionProblem problem) implements Attempt {}

        static Attempt of(Optional<ConnectionProblem> problem) {
            return problem.<Attempt>map(Failed::new).orElseGet(Worked::new);
        }
    }

    /** A command to an ACMP server and its reply. */
    sealed interface RoundTrip {

        /** The server's name, as in {@code acmp.servers}. */
        String server();

        record NotTried(String server) implements RoundTrip {}

        /** @param took time until the reply, or until the command failed */
        record Tried(String server, AcmpReply<CommandVersions> reply, Duration took) implements RoundTrip {}
    }
}
