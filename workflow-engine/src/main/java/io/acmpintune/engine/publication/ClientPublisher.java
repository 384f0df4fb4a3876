package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpGuid;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.IcqlRecord;
import io.acmpintune.engine.acmp.ResultCode;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * The publish lane of one workflow and ACMP server: saves what the server has not acknowledged, the client first and then its
 * mobile device. A batch that the server refuses is halved until the one record that it means is found, parked, and the rest saved.
 */
final class ClientPublisher {

    private static final Logger log = LoggerFactory.getLogger(ClientPublisher.class);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration AFTER_PROBLEM = Duration.ofSeconds(30);
    /** Another replica may have run the lane meanwhile, and left something open. */
    private static final Duration LOOK_ANYWAY = Duration.ofMinutes(1);

    private final Workflow workflow;
    private final String server;
    private final Acmp acmp;
    private final AcknowledgementRepository acknowledgements;
    private final InstantSource clock;
    private volatile @Nullable Look nothingOpen;

    ClientPublisher(Workflow workflow, String server, Acmp acmp, AcknowledgementRepository acknowledgements,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.acmp = acmp;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    /** A look that found nothing open, and up to where the puller had stored before it. */
    private record Look(String storedUpTo, Instant at) {}

    /** What one sending came to: how many were saved, or why the server is left alone for a while. */
    private sealed interface Round {
        record Went(int saved) implements Round {}

        record Halted(String problem) implements Round {}
    }

    Duration run(LaneRun lane) {
        Look look = new Look(acknowledgements.storedUpTo(workflow.name()), clock.instant());
        return isStillTrue(nothingOpen, look) ? IDLE : publishAll(look, lane);
    }

    private static boolean isStillTrue(@Nullable Look before, Look now) {
        return before != null && before.storedUpTo().equals(now.storedUpTo())
                && now.at().isBefore(before.at().plus(LOOK_ANYWAY));
    }

    private Duration publishAll(Look look, LaneRun lane) {
        int saved = 0;
        // a client that ACMP loses twice in one run is parked: else it would be saved for ever
        Set<UUID> lost = new HashSet<>();
        while (!lane.stopping()) {
            List<Unacknowledged> open = acknowledgements.open(workflow.name(), server, workflow.batchSize());
            if (open.isEmpty()) {
                nothingOpen = look;
                if (saved > 0) {
                    log.info("{} saved {} clients in {}", workflow, saved, server);
                }
                return IDLE;
            }
            switch (publish(open, lost, lane)) {
                case Round.Went(int count) -> {
                    saved += count;
                    fares(null, lane);
                }
                case Round.Halted(String problem) -> {
                    log.warn("{} cannot save clients in {}: {}", workflow, server, problem);
                    fares(problem, lane);
                    return AFTER_PROBLEM;
                }
            }
        }
        return Duration.ZERO;
    }

    private void fares(@Nullable String problem, LaneRun lane) {
        lane.write(() -> acknowledgements.fares(workflow.name(), server, problem, clock.instant()));
    }

    private Round publish(List<Unacknowledged> open, Set<UUID> lost, LaneRun lane) {
        List<Unacknowledged> unsaved = open.stream().filter(Unacknowledged::client).toList();
        List<Unacknowledged> known = new ArrayList<>(open.stream().filter(client -> !client.client()).toList());
        Round clients = saveClients(unsaved, known, lane);
        return switch (clients) {
            case Round.Halted halted -> halted;
            case Round.Went _ ->
                saveMobileDevices(known.stream().filter(Unacknowledged::mobileDevice).toList(), lost, lane);
        };
    }

    private Round saveClients(List<Unacknowledged> clients, List<Unacknowledged> known, LaneRun lane) {
        if (clients.isEmpty()) {
            return new Round.Went(0);
        }
        return switch (acmp.saveClients(clients.stream().map(ClientPublisher::clientRecord).toList())) {
            case AcmpReply.Done(var records) -> {
                List<Unacknowledged> saved = new ArrayList<>();
                for (int i = 0; i < clients.size(); i++) {
                    Unacknowledged client = clients.get(i);
                    saved.add(client.knownAs(AcmpGuid.read(records.get(i).text(IcqlRecord.CLIENT_ID))
                            .orElse(client.acmpClientId())));
                }
                lane.write(() -> acknowledgements.clientsAcknowledged(workflow.name(), server, saved, clock.instant()));
                known.addAll(saved);
                yield new Round.Went(saved.size());
            }
            case AcmpReply.Refused<List<IcqlRecord>> refused -> isolates(refused.code())
                    ? apart(clients, refused, half -> saveClients(half, known, lane), lane)
                    : new Round.Halted(refused.text());
            case AcmpReply.Unavailable(var problem) -> new Round.Halted(problem.text());
        };
    }

    private Round saveMobileDevices(List<Unacknowledged> clients, Set<UUID> lost, LaneRun lane) {
        if (clients.isEmpty()) {
            return new Round.Went(0);
        }
        return switch (acmp.saveMobileDevices(clients.stream().map(ClientPublisher::mobileRecord).toList())) {
            case AcmpReply.Done<Integer> _ -> {
                lane.write(() -> acknowledgements.mobileDevicesAcknowledged(workflow.name(), server, clients,
                        clock.instant()));
                yield new Round.Went(clients.size());
            }
            case AcmpReply.Refused<Integer> refused -> {
                if (clients.size() == 1 && refused.code().reaction() == ResultCode.Reaction.SAVE_CLIENT_FIRST
                        && lost.add(clients.getFirst().clientId())) {
                    lane.write(() -> acknowledgements.forget(workflow.name(), server, clients.getFirst()));
                    yield new Round.Went(0);
                }
                yield isolates(refused.code())
                        ? apart(clients, refused, half -> saveMobileDevices(half, lost, lane), lane)
                        : new Round.Halted(refused.text());
            }
            case AcmpReply.Unavailable(var problem) -> new Round.Halted(problem.text());
        };
    }

    /** True when the server means single records, not itself. */
    private static boolean isolates(ResultCode code) {
        return switch (code.reaction()) {
            case PARK, SAVE_CLIENT_FIRST -> code != ResultCode.Known.WRONG_CREDENTIALS;
            case NONE, RETRY_LATER, RENEW_SESSION -> false;
        };
    }

    private interface Sending {
        Round send(List<Unacknowledged> clients);
    }

    private Round apart(List<Unacknowledged> clients, AcmpReply.Refused<?> refused, Sending sending, LaneRun lane) {
        if (clients.size() == 1) {
            log.warn("{}: {} refuses {}: {}", workflow, server, clients.getFirst().clientId(), refused.text());
            lane.write(() -> acknowledgements.park(workflow.name(), server, clients.getFirst(), refused.text()));
            return new Round.Went(0);
        }
        int middle = clients.size() / 2;
        return switch (sending.send(clients.subList(0, middle))) {
            case Round.Halted halted -> halted;
            case Round.Went(int first) -> switch (sending.send(clients.subList(middle, clients.size()))) {
                case Round.Halted halted -> halted;
                case Round.Went(int second) -> new Round.Went(first + second);
            };
        };
    }

    private static IcqlRecord clientRecord(Unacknowledged client) {
        return client.clientRecord().with(IcqlRecord.CLIENT_ID, AcmpGuid.write(client.acmpClientId()));
    }

    private static IcqlRecord mobileRecord(Unacknowledged client) {
        return client.mobileRecord().with(IcqlRecord.CLIENT_ID, AcmpGuid.write(client.acmpClientId()));
    }
}
