package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Which commands an ACMP server has, and whether what the mapping makes can be sent with them. The server is asked at the start,
 * when the mapping has changed, and every hour; while it cannot be asked, what it last said serves.
 */
final class ServerCommands {

    private static final Logger log = LoggerFactory.getLogger(ServerCommands.class);
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
    private static final String LOOK_UP = "GetClientId";
    private static final String DELETE = "DeleteClients";
    private static final List<String> COMMANDS = Stream
            .concat(Arrays.stream(RecordCommand.values()).map(RecordCommand::command), Stream.of(LOOK_UP, DELETE))
            .toList();

    private final Workflow workflow;
    private final String server;
    private final Acmp acmp;
    private final CommandRepository commands;
    private final MappingCheck mapping;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    ServerCommands(Workflow workflow, String server, Acmp acmp, CommandRepository commands, MappingCheck mapping,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.acmp = acmp;
        this.commands = commands;
        this.mapping = mapping;
        this.clock = clock;
    }

    /** What the check came to. */
    sealed interface Checked {
        /** Records can be sent in these versions. */
        record Usable(CommandChoice versions) implements Checked {}

        /** Nothing can be sent. */
        record Unusable(Round.Halted halt) implements Checked {}
    }

    /** How a server describes its commands. */
    record Description(CommandVersions versions, CommandSchemas schemas) {}

    private record Known(String mapping, Checked checked, Instant until) {}

    /** Checks anew where that is due; else tells what the last check came to. */
    Checked check(LaneRun lane) {
        String current = mapping.digest();
        Known last = known;
        if (last != null && last.mapping().equals(current) && clock.instant().isBefore(last.until())) {
            return last.checked();
        }
        Known next = ask(current, lane);
        // without any description the next run asks again
        known = next.until().isAfter(clock.instant()) ? next : null;
        return next.checked();
    }

    private Known ask(String current, LaneRun lane) {
        Instant now = clock.instant();
        return switch (describe()) {
            case Described.As(Description description) -> {
                lane.write(() -> {
                    commands.store(server, description, now);
                    commands.asked(workflow.name(), server, null, now);
                });
                yield new Known(current, judge(description), now.plus(GOOD_FOR));
            }
            case Described.NotNow(Round.Halted halt) -> {
                Optional<Description> stored = commands.find(server);
                if (stored.isEmpty()) {
                    yield new Known(current, new Checked.Unusable(halt), now);
                }
                lane.write(() -> commands.asked(workflow.name(), server, halt.problem(), now));
                log.warn("{} cannot be asked for its commands; what it last said serves: {}", server, halt.problem());
                yield new Known(current, judge(stored.get()), now.plus(AFTER_FAILURE));
            }
        };
    }

    private Checked judge(Description description) {
        Publishing publishing = workflow.publishing();
        String key = "acmp.workflows." + workflow.name() + ".";
        if (publishing.lookUp() == Publishing.LookUp.ALL && !description.versions().offers(LOOK_UP, 1)) {
            return missing(LOOK_UP, "Set " + key
                    + "look-up to none if this ACMP never had clients of these devices; else they would be there twice.");
        }
        if (publishing.deleteRemovedAfter() != null && !description.versions().offers(DELETE, 1)) {
            return missing(DELETE, "Remove " + key + "delete-removed-after.");
        }
        return mapping.check(server, description);
    }

    private Checked missing(String command, String remedy) {
        return new Checked.Unusable(new Round.Halted(
                "acmp.servers." + server + ": this ACMP server has no " + command + " version 1. " + remedy, false));
    }

    private sealed interface Described {
        record As(Description description) implements Described {}

        record NotNow(Round.Halted halt) implements Described {}
    }

    private Described describe() {
        return switch (acmp.commandVersions(COMMANDS)) {
            case AcmpReply.Done(CommandVersions versions) -> switch (acmp.commandSchemas(COMMANDS)) {
                case AcmpReply.Done(CommandSchemas schemas) -> new Described.As(new Description(versions, schemas));
                case AcmpReply.Refused<CommandSchemas> refused -> new Described.NotNow(Round.halted(refused));
                case AcmpReply.Unavailable(var problem) -> new Described.NotNow(Round.halted(problem));
            };
            case AcmpReply.Refused<CommandVersions> refused -> new Described.NotNow(Round.halted(refused));
            case AcmpReply.Unavailable(var problem) -> new Described.NotNow(Round.halted(problem));
        };
    }
}
