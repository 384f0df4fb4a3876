package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.mapping.ChosenVersion;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.publication.plan.Tally;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Tells an ACMP server what was planned, the client first and then its mobile device, and notes what it acknowledged. A batch that
 * the server refuses is halved until the record that it means is found; that one is parked, and the rest goes on.
 */
final class BatchSender {

    private static final Logger log = LoggerFactory.getLogger(BatchSender.class);

    private final String workflow;
    private final String server;
    private final Acmp acmp;
    private final AcknowledgementRepository acknowledgements;
    private final HoldRepository holds;
    private final InstantSource clock;

    BatchSender(String workflow, String server, Acmp acmp, AcknowledgementRepository acknowledgements,
            HoldRepository holds, InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.acmp = acmp;
        this.acknowledgements = acknowledgements;
        this.holds = holds;
        this.clock = clock;
    }

    /** One run's sending: in which versions, what it came to, and the door through which it writes. */
    record Sending(CommandChoice versions, Tally tally, LaneRun lane) {}

    /** Sends a batch of what was planned. */
    Round send(List<Outgoing> batch, Sending sending) {
        Round deleted = delete(batch.stream().filter(client -> client.item().kind() == PlanKind.DELETE).toList(),
                sending);
        if (deleted instanceof Round.Halted) {
            return deleted;
        }
        List<Outgoing> kept = batch.stream().filter(client -> client.item().kind() != PlanKind.DELETE).toList();
        List<Outgoing> known = new ArrayList<>(
                kept.stream().filter(client -> !client.item().intent().writesClient()).toList());
        Round saved = saveClients(kept.stream().filter(client -> client.item().intent().writesClient()).toList(), known,
                sending);
        return saved instanceof Round.Halted
                ? saved
                : saveMobileDevices(
                        known.stream().filter(client -> client.item().intent().writesMobileDevice()).toList(), sending);
    }

    private Round saveClients(List<Outgoing> wanted, List<Outgoing> known, Sending sending) {
        List<Outgoing> clients = licensed(RecordCommand.SAVE_CLIENTS, wanted, sending);
        if (clients.isEmpty()) {
            return Round.WENT;
        }
        sending.tally().messageSent(RecordCommand.SAVE_CLIENTS.command());
        ChosenVersion version = sending.versions().saveClients();
        return switch (acmp.saveClients(version.version(),
                clients.stream().map(client -> version.ordered(client.clientToSend())).toList())) {
            case AcmpReply.Done(var records) -> {
                known.addAll(acknowledged(clients, records, sending));
                yield Round.WENT;
            }
            case AcmpReply.Refused<List<IcqlRecord>> refused -> Round.meansRecords(refused.code())
                    ? apart(clients, new Rejected(refused, RecordCommand.SAVE_CLIENTS, version),
                            half -> saveClients(half, known, sending), sending)
                    : Round.halted(refused);
            case AcmpReply.Unavailable(var problem) -> Round.halted(problem);
        };
    }

    /** Notes what ACMP has saved, under the ids that it answered, and returns the clients with them. */
    private List<Outgoing> acknowledged(List<Outgoing> clients, List<IcqlRecord> records, Sending sending) {
        List<Outgoing> answered = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            Outgoing client = clients.get(i);
            answered.add(client.knownAs(
                    AcmpGuid.read(records.get(i).text(IcqlRecord.CLIENT_ID)).orElse(client.acmpClientId())));
        }
        return sending.lane().write(() -> {
            List<Outgoing> own = ownAmong(answered, sending.tally());
            acknowledgements.clientsAcknowledged(workflow, server, own, clock.instant());
            settle(own.stream().filter(client -> !client.item().intent().writesMobileDevice()).toList(),
                    sending.tally());
            return own;
        });
    }

    /** Two clients never share a record, whatever ACMP answers: who comes second is parked. */
    private List<Outgoing> ownAmong(List<Outgoing> answered, Tally tally) {
        Set<UUID> taken = new HashSet<>(acknowledgements.othersAmong(workflow, server, answered));
        List<Outgoing> own = new ArrayList<>();
        for (Outgoing client : answered) {
            if (taken.add(client.acmpClientId())) {
                own.add(client);
            } else {
                park(List.of(client), new Refusal(null, "ACMP keeps it as the record " + client.acmpClientId()
                        + ", which is another client's. Give the devices different names, or delete one of the clients in ACMP.",
                        null), tally);
            }
        }
        return own;
    }

    private Round saveMobileDevices(List<Outgoing> wanted, Sending sending) {
        List<Outgoing> clients = licensed(RecordCommand.SAVE_MOBILE_DEVICES, wanted, sending);
        if (clients.isEmpty()) {
            return Round.WENT;
        }
        sending.tally().messageSent(RecordCommand.SAVE_MOBILE_DEVICES.command());
        ChosenVersion version = sending.versions().saveMobileDevices();
        return switch (acmp.saveMobileDevices(version.version(),
                clients.stream().map(client -> version.ordered(client.mobileDeviceToSend())).toList())) {
            case AcmpReply.Done<Integer> _ -> {
                sending.lane().write(() -> {
                    acknowledgements.mobileDevicesAcknowledged(workflow, server, clients, clock.instant());
                    settle(clients, sending.tally());
                });
                yield Round.WENT;
            }
            case AcmpReply.Refused<Integer> refused when isLost(refused, clients) && sending.tally()
                    .lost(clients.getFirst().id()) -> {
                sending.lane().write(() -> acknowledgements.forget(workflow, server, clients.getFirst().id()));
                yield Round.WENT;
            }
            case AcmpReply.Refused<Integer> refused -> Round.meansRecords(refused.code())
                    ? apart(clients, new Rejected(refused, RecordCommand.SAVE_MOBILE_DEVICES, version),
                            half -> saveMobileDevices(half, sending), sending)
                    : Round.halted(refused);
            case AcmpReply.Unavailable(var problem) -> Round.halted(problem);
        };
    }

    private Round delete(List<Outgoing> clients, Sending sending) {
        if (clients.isEmpty()) {
            return Round.WENT;
        }
        sending.tally().messageSent("DeleteClients");
        return switch (acmp.deleteClients(clients.stream().map(Outgoing::acmpClientId).toList())) {
            case AcmpReply.Done<Integer> _ -> deleted(clients, sending);
            case AcmpReply.Refused<Integer> refused when isLost(refused, clients) -> deleted(clients, sending);
            case AcmpReply.Refused<Integer> refused -> Round.meansRecords(refused.code())
                    ? apart(clients, new Rejected(refused, null, null), half -> delete(half, sending), sending)
                    : Round.halted(refused);
            case AcmpReply.Unavailable(var problem) -> Round.halted(problem);
        };
    }

    private Round deleted(List<Outgoing> clients, Sending sending) {
        sending.lane().write(() -> {
            acknowledgements.deleted(workflow, server, clients, clock.instant());
            count(clients, sending.tally());
        });
        return Round.WENT;
    }

    private static boolean isLost(AcmpReply.Refused<?> refused, List<Outgoing> clients) {
        return clients.size() == 1 && refused.code().reaction() == ResultCode.Reaction.SAVE_CLIENT_FIRST;
    }

    private void settle(List<Outgoing> clients, Tally tally) {
        if (!clients.isEmpty()) {
            acknowledgements.settled(workflow, server, clients);
            count(clients, tally);
        }
    }

    /** Lets the guards count what was applied without a person's word, and uses up the words of persons. */
    private void count(List<Outgoing> clients, Tally tally) {
        for (Guard guard : EnumSet.allOf(Guard.class)) {
            List<UUID> counted = ids(clients, guard, false);
            List<UUID> released = ids(clients, guard, true);
            if (!counted.isEmpty()) {
                holds.count(workflow, server, guard, counted, clock.instant());
            }
            if (!released.isEmpty()) {
                holds.used(workflow, server, guard, released, clock.instant());
            }
        }
        clients.forEach(client -> tally.done(client.item().kind(), 1));
    }

    private static List<UUID> ids(List<Outgoing> clients, Guard guard, boolean released) {
        return clients.stream()
                .filter(client -> client.item().intent().guard() == guard && client.item().released() == released)
                .map(Outgoing::id)
                .toList();
    }

    // ---- what ACMP refuses

    private interface Half {
        Round send(List<Outgoing> clients);
    }

    private Round apart(List<Outgoing> clients, Rejected rejected, Half half, Sending sending) {
        if (clients.size() == 1) {
            Outgoing client = clients.getFirst();
            log.warn("{}: {} refuses {}: {}", workflow, server, client.id(), rejected.reason());
            if (rejected.isForWantOfLicences() && rejected.command() != null && isNew(client)) {
                sending.tally().licencesExhausted(rejected.command().command(), rejected.reason());
            }
            sending.lane().write(() -> park(clients, rejected.of(client), sending.tally()));
            return Round.WENT;
        }
        int middle = clients.size() / 2;
        Round first = half.send(clients.subList(0, middle));
        return first instanceof Round.Halted ? first : half.send(clients.subList(middle, clients.size()));
    }

    /** Where ACMP had no licence for one client it has none for the next: those that are new need not be sent to learn it. */
    private List<Outgoing> licensed(RecordCommand command, List<Outgoing> clients, Sending sending) {
        String refusal = sending.tally().licencesExhausted(command.command());
        List<Outgoing> without = refusal == null
                ? List.of()
                : clients.stream().filter(BatchSender::isNew).toList();
        if (refusal == null || without.isEmpty()) {
            return clients;
        }
        sending.lane()
                .write(() -> park(without, new Refusal(ResultCode.Known.LICENCES_EXHAUSTED.number(), refusal, null),
                        sending.tally()));
        return clients.stream().filter(client -> !isNew(client)).toList();
    }

    private static boolean isNew(Outgoing client) {
        return client.item().kind() == PlanKind.CREATE || client.item().kind() == PlanKind.LINK;
    }

    private void park(List<Outgoing> clients, Refusal refusal, Tally tally) {
        acknowledgements.park(workflow, server, clients.stream().map(Outgoing::asItIs).toList(), refusal,
                clock.instant());
        tally.done(PlanKind.PARKED, clients.size());
    }
}
