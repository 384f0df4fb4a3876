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
import io.acmpintune.engine.mapping.ChosenVersion;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Checks whether an ACMP server has the needed commands and accepts the records of the mapping. The server is asked at the start,
 * when the mapping has changed, and every hour; while it cannot be asked, its last description is used.
 */
final class ServerCommands {

    private static final Logger log = LoggerFactory.getLogger(ServerCommands.class);
    private static final Duration VALID_FOR = Duration.ofHours(1);
    private static final Duration RETRY_AFTER_FAILURE = Duration.ofMinutes(5);
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
    private volatile @Nullable LastCheck lastCheck;

    ServerCommands(Workflow workflow, String server, Acmp acmp, CommandRepository commands, MappingCheck mapping,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.acmp = acmp;
        this.commands = commands;
        this.mapping = mapping;
        this.clock = clock;
    }

    /** Result of the check. */
    sealed interface Check {
        /** Records can be sent in these versions. */
        record Usable(ChosenVersion clients, ChosenVersion mobileDevices) implements Check {}

        /** Nothing can be sent. */
        record Unusable(Exchange.Halted halted) implements Check {}
    }

    /** How a server describes its commands. */
    record Description(CommandVersions versions, CommandSchemas schemas) {}

    private record LastCheck(String mapping, Check check, Instant validUntil) {}

    /** Returns the last result as long as it is valid, else checks again. */
    Check check(LaneRun lane) {
        String digest = mapping.digest();
        LastCheck last = lastCheck;
        if (last != null && last.mapping().equals(digest) && clock.instant().isBefore(last.validUntil())) {
            return last.check();
        }
        LastCheck next = checkNow(digest, lane);
        lastCheck = next;
        return next.check();
    }

    private LastCheck checkNow(String digest, LaneRun lane) {
        Instant now = clock.instant();
        return switch (describe()) {
            case Described.Answered(Description description) -> {
                lane.write(() -> {
                    commands.store(server, description, now);
                    commands.recordStatus(workflow.name(), server, null, now);
                });
                yield new LastCheck(digest, evaluate(description), now.plus(VALID_FOR));
            }
            case Described.Unavailable(Exchange.Halted halted) -> {
                Optional<Description> stored = commands.find(server);
                if (stored.isEmpty()) {
                    yield new LastCheck(digest, new Check.Unusable(halted), now);
                }
                lane.write(() -> commands.recordStatus(workflow.name(), server, halted.problem(), now));
                log.warn("Using the last known commands of {}, which cannot be asked: {}", server, halted.problem());
                yield new LastCheck(digest, evaluate(stored.get()), now.plus(RETRY_AFTER_FAILURE));
            }
        };
    }

    private Check evaluate(Description description) {
        Publishing publishing = workflow.publishing();
        String key = "acmp.workflows." + workflow.name() + ".";
        if (publishing.lookUp() == Publishing.LookUp.ALL && !description.versions().offers(LOOK_UP, 1)) {
            return missing(LOOK_UP, "Set " + key
                    + "look-up to none if this ACMP never had clients of these devices; otherwise it gets them twice.");
        }
        if (publishing.deleteRemovedAfter() != null && !description.versions().offers(DELETE, 1)) {
            return missing(DELETE, "Remove " + key + "delete-removed-after.");
        }
        return mapping.check(server, description);
    }

    private Check missing(String command, String remedy) {
        return new Check.Unusable(new Exchange.Halted(
                "acmp.servers." + server + ": this ACMP server has no " + command + " version 1. " + remedy, false));
    }

    private sealed interface Described {
        record Answered(Description description) implements Described {}

        record Unavailable(Exchange.Halted halted) implements Described {}
    }

    private Described describe() {
        return switch (acmp.commandVersions(COMMANDS)) {
            case AcmpReply.Done(CommandVersions versions) -> switch (acmp.commandSchemas(COMMANDS)) {
                case AcmpReply.Done(CommandSchemas schemas) ->
                    new Described.Answered(new Description(versions, schemas));
                case AcmpReply.Refused<CommandSchemas> refused -> new Described.Unavailable(Exchange.halted(refused));
                case AcmpReply.Unavailable(var problem) -> new Described.Unavailable(Exchange.halted(problem));
            };
            case AcmpReply.Refused<CommandVersions> refused -> new Described.Unavailable(Exchange.halted(refused));
            case AcmpReply.Unavailable(var problem) -> new Described.Unavailable(Exchange.halted(problem));
        };
    }
}
