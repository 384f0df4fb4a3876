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
 * What was seen of the way to ACMP; nothing is judged yet.
 *
 * @param tls null = not tried
 * @param roundTrips one of every ACMP server
 */
record Observations(Reach reach, @Nullable Tls tls, Attempt logIn, Attempt replyTarget, List<RoundTrip> roundTrips) {

    Observations {
        roundTrips = List.copyOf(roundTrips);
    }

    /** What works or does not. */
    sealed interface Attempt {
        record NotTried() implements Attempt {}

        record Worked() implements Attempt {}

        record Failed(ConnectionProblem problem) implements Attempt {}

        static Attempt of(Optional<ConnectionProblem> problem) {
            return problem.<Attempt>map(Failed::new).orElseGet(Worked::new);
        }
    }

    /** A question to an ACMP server. */
    sealed interface RoundTrip {

        /** The server's name, as in {@code acmp.servers}. */
        String server();

        record NotTried(String server) implements RoundTrip {}

        /** @param took from the question to its answer, or to its end without one */
        record Tried(String server, AcmpReply<CommandVersions> reply, Duration took) implements RoundTrip {}
    }
}
