package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.ReplyTarget;
import io.acmpintune.engine.acmp.sics.SicsAddress;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsResult;

/**
 * The target on SICS at which ACMP leaves query actions for a workflow, and the way back. The target outlives this program, so
 * that what comes while it is down waits in SICS; after a restart of SICS, which forgets all targets, it is made again.
 *
 * <p>
 * Reading a message takes it off the target: whoever takes one stores it before anything else.
 */
public final class QueryActionInbox {

    private static final Logger log = LoggerFactory.getLogger(QueryActionInbox.class);

    private final QueryActionAddress address;
    private final SicsClient sics;
    private boolean ready;

    /** What a look into the target brought. */
    public sealed interface Polled {

        /**
         * Messages, as they came, the oldest first; none when the wait ended before one came.
         */
        record Messages(List<String> bodies) implements Polled {
            public Messages {
                bodies = List.copyOf(bodies);
            }
        }

        /** SICS could not be asked. */
        record Unavailable(ConnectionProblem problem) implements Polled {}
    }

    QueryActionInbox(QueryActionAddress address, SicsClient sics) {
        this.address = address;
        this.sics = sics;
    }

    /** Takes messages off the target, waiting for one; makes the target where SICS has none. */
    public Polled poll(Duration wait) {
        if (!ready) {
            Optional<ConnectionProblem> problem = open();
            if (problem.isPresent()) {
                return new Polled.Unavailable(problem.get());
            }
        }
        Duration longest = sics.longestWait();
        return switch (sics.consume(new ReplyTarget(address.virtualRouter(), address.target()),
                wait.compareTo(longest) < 0 ? wait : longest)) {
            case SicsResult.Ok(var messages) -> new Polled.Messages(messages);
            case SicsResult.NotFound() -> {
                log.info("SICS has lost the target {}, as after a restart; it is made again", address.target());
                ready = false;
                yield new Polled.Messages(List.of());
            }
            case SicsResult.Failed(var problem) -> new Polled.Unavailable(problem);
        };
    }

    /**
     * Publishes a message to an ACMP server.
     *
     * @return why SICS did not take it; empty when it did
     */
    public Optional<ConnectionProblem> publish(AcmpServer server, String body) {
        return switch (sics.publish(server.address(), body,
                new SicsAddress(address.virtualRouter(), address.routingKey()))) {
            case SicsResult.Ok<?> _ -> Optional.empty();
            case SicsResult.NotFound<?> _ -> Optional.of(new ServerProblems(server).addressUnknown());
            case SicsResult.Failed<?>(var problem) -> Optional.of(problem);
        };
    }

    private Optional<ConnectionProblem> open() {
        // the router may be ACMP's own and exist already: whether it does is seen when the target is made
        sics.createVirtualRouter(address.virtualRouter());
        return switch (sics.createTarget(address.virtualRouter(), address.target(), address.routingKey())) {
            case SicsResult.Ok<?> _ -> {
                ready = true;
                yield Optional.empty();
            }
            case SicsResult.NotFound<?> _ -> Optional.of(new ConnectionProblem(ConnectionProblem.Kind.ADDRESS_UNKNOWN,
                    "target '" + address.target() + "'",
                    "SICS has no virtual router named '" + address.virtualRouter() + "' and does not let us make it",
                    "Correct ondemand-virtual-router of the workflow, or make the virtual router in the AESB console"));
            case SicsResult.Failed<?>(var problem) -> Optional.of(problem);
        };
    }
}
