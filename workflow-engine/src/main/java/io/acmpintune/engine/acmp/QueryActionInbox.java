package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.icql.QueryActionMessage;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.ReplyTarget;
import io.acmpintune.engine.acmp.sics.ShortTexts;
import io.acmpintune.engine.acmp.sics.SicsAddress;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsResult;

/**
 * The target on SICS to which ACMP publishes query actions for a workflow. It outlives this program, so that messages wait in
 * SICS while the program is down. It is created again after a restart of SICS, which forgets all targets.
 *
 * <p>
 * Polling removes messages from the target: store them before anything else.
 */
public final class QueryActionInbox {

    private static final Logger log = LoggerFactory.getLogger(QueryActionInbox.class);

    private final QueryActionAddress address;
    private final SicsClient sics;
    private boolean ready;

    /** The result of polling the target. */
    public sealed interface Polled {

        /**
         * The messages as received, oldest first; empty if none arrived in time.
         */
        record Messages(List<String> bodies) implements Polled {
            public Messages {
                bodies = List.copyOf(bodies);
            }
        }

        /** SICS could not be called. */
        record Unavailable(ConnectionProblem problem) implements Polled {}
    }

    QueryActionInbox(QueryActionAddress address, SicsClient sics) {
        this.address = address;
        this.sics = sics;
    }

    /** Removes messages from the target, waiting for one; creates the target if SICS has none. */
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
            case SicsResult.Ok(var messages) ->
                new Polled.Messages(messages.stream().map(QueryActionInbox::readable).toList());
            case SicsResult.NotFound() -> {
                log.info("SICS lost the target of query actions, as after a restart; creating it again (target={})",
                        address.target());
                ready = false;
                yield new Polled.Messages(List.of());
            }
            case SicsResult.Failed(var problem) -> new Polled.Unavailable(problem);
        };
    }

    /**
     * Publishes a message to an ACMP server.
     *
     * @return the problem if SICS did not accept it
     */
    public Optional<ConnectionProblem> publish(AcmpServer server, String body) {
        return switch (sics.publish(server.address(), body,
                new SicsAddress(address.virtualRouter(), address.routingKey()))) {
            case SicsResult.Ok<?> _ -> Optional.empty();
            case SicsResult.NotFound<?> _ -> Optional.of(new ServerProblems(server).addressUnknown());
            case SicsResult.Failed<?>(var problem) -> Optional.of(problem);
        };
    }

    /** Of a message that was too large, the beginning is kept, which may say whose it is. */
    private static String readable(String message) {
        return message.endsWith(ShortTexts.CUT) ? QueryActionMessage.tooLarge(message) : message;
    }

    private Optional<ConnectionProblem> open() {
        // The router may exist already, being ACMP's own; creating the target shows whether it does.
        sics.createVirtualRouter(address.virtualRouter());
        return switch (sics.createTarget(address.virtualRouter(), address.target(), address.routingKey())) {
            case SicsResult.Ok<?> _ -> {
                ready = true;
                yield Optional.empty();
            }
            case SicsResult.NotFound<?> _ -> Optional.of(new ConnectionProblem(ConnectionProblem.Kind.ADDRESS_UNKNOWN,
                    "target '" + address.target() + "'",
                    "SICS has no virtual router named '" + address.virtualRouter() + "' and does not let us create it",
                    "Correct ondemand-virtual-router of the workflow, or create the virtual router in the AESB console"));
            case SicsResult.Failed<?>(var problem) -> Optional.of(problem);
        };
    }
}
