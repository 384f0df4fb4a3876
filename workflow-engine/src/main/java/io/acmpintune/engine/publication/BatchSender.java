package io.acmpintune.engine.publication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.mapping.ChosenVersion;
import io.acmpintune.engine.publication.plan.PlanKind;

/**
 * Sends planned clients to an ACMP server: deletions, then client records, then mobile-device records. A refused batch is split
 * until the refused client is found; that one is parked and the others are saved.
 */
final class BatchSender {

    private static final Logger log = LoggerFactory.getLogger(BatchSender.class);

    private final String workflow;
    private final String server;
    private final Acmp acmp;
    private final ResultRecorder results;

    BatchSender(String workflow, String server, Acmp acmp, ResultRecorder results) {
        this.workflow = workflow;
        this.server = server;
        this.acmp = acmp;
        this.results = results;
    }

    Exchange send(List<OutgoingClient> batch, RunContext run) {
        List<OutgoingClient> deleted = only(batch, client -> client.kind() == PlanKind.DELETE);
        if (delete(deleted, run) instanceof Exchange.Halted halted) {
            return halted;
        }
        List<OutgoingClient> kept = only(batch, client -> client.kind() != PlanKind.DELETE);
        List<OutgoingClient> known = new ArrayList<>(only(kept, client -> !client.item().intent().writesClient()));
        if (saveClients(only(kept, client -> client.item().intent().writesClient()), known,
                run) instanceof Exchange.Halted halted) {
            return halted;
        }
        return saveMobileDevices(only(known, client -> client.item().intent().writesMobileDevice()), run);
    }

    private Exchange delete(List<OutgoingClient> clients, RunContext run) {
        if (clients.isEmpty()) {
            return Exchange.COMPLETED;
        }
        run.tally().messageSent("DeleteClients");
        AcmpReply<Integer> reply = acmp.deleteClients(clients.stream().map(OutgoingClient::acmpClientId).toList());
        if (isUnknownToServer(reply, clients)) {
            results.deleted(clients, run);
            return Exchange.COMPLETED;
        }
        return switch (reply) {
            case AcmpReply.Done<Integer> _ -> completed(() -> results.deleted(clients, run));
            case AcmpReply.Refused<Integer> refused -> refused(new CommandRefusal(refused, null, null), clients,
                    half -> delete(half, run), run);
            case AcmpReply.Unavailable(var problem) -> Exchange.halted(problem);
        };
    }

    /** @param known receives the clients that the server has now, under its ids */
    private Exchange saveClients(List<OutgoingClient> planned, List<OutgoingClient> known, RunContext run) {
        List<OutgoingClient> clients = parkUnlicensed(RecordCommand.SAVE_CLIENTS, planned, run);
        if (clients.isEmpty()) {
            return Exchange.COMPLETED;
        }
        run.tally().messageSent(RecordCommand.SAVE_CLIENTS.command());
        ChosenVersion version = run.versions().clients();
        return switch (acmp.saveClients(version.version(),
                clients.stream().map(client -> version.ordered(client.clientToSend())).toList())) {
            case AcmpReply.Done(var records) -> completed(
                    () -> known.addAll(results.clientsSaved(clients, records, run)));
            case AcmpReply.Refused<List<IcqlRecord>> refused -> refused(
                    new CommandRefusal(refused, RecordCommand.SAVE_CLIENTS, version), clients,
                    half -> saveClients(half, known, run), run);
            case AcmpReply.Unavailable(var problem) -> Exchange.halted(problem);
        };
    }

    private Exchange saveMobileDevices(List<OutgoingClient> planned, RunContext run) {
        List<OutgoingClient> clients = parkUnlicensed(RecordCommand.SAVE_MOBILE_DEVICES, planned, run);
        if (clients.isEmpty()) {
            return Exchange.COMPLETED;
        }
        run.tally().messageSent(RecordCommand.SAVE_MOBILE_DEVICES.command());
        ChosenVersion version = run.versions().mobileDevices();
        AcmpReply<Integer> reply = acmp.saveMobileDevices(version.version(),
                clients.stream().map(client -> version.ordered(client.mobileDeviceToSend())).toList());
        if (isUnknownToServer(reply, clients) && run.tally().lost(clients.getFirst().id())) {
            results.lost(clients.getFirst(), run);
            return Exchange.COMPLETED;
        }
        return switch (reply) {
            case AcmpReply.Done<Integer> _ -> completed(() -> results.mobileDevicesSaved(clients, run));
            case AcmpReply.Refused<Integer> refused -> refused(
                    new CommandRefusal(refused, RecordCommand.SAVE_MOBILE_DEVICES, version), clients,
                    half -> saveMobileDevices(half, run), run);
            case AcmpReply.Unavailable(var problem) -> Exchange.halted(problem);
        };
    }

    private static boolean isUnknownToServer(AcmpReply<Integer> reply, List<OutgoingClient> clients) {
        return clients.size() == 1 && reply instanceof AcmpReply.Refused<Integer> refused
                && refused.code().reaction() == ResultCode.Reaction.SAVE_CLIENT_FIRST;
    }

    private Exchange refused(CommandRefusal refusal, List<OutgoingClient> clients,
            Function<List<OutgoingClient>, Exchange> send, RunContext run) {
        return Exchange.concernsRecords(refusal.reply().code())
                ? splitAndRetry(refusal, clients, send, run)
                : Exchange.halted(refusal.reply());
    }

    private Exchange splitAndRetry(CommandRefusal refusal, List<OutgoingClient> clients,
            Function<List<OutgoingClient>, Exchange> send, RunContext run) {
        if (clients.size() == 1) {
            park(refusal, clients.getFirst(), run);
            return Exchange.COMPLETED;
        }
        int middle = clients.size() / 2;
        return send.apply(clients.subList(0, middle)) instanceof Exchange.Halted halted
                ? halted
                : send.apply(clients.subList(middle, clients.size()));
    }

    private void park(CommandRefusal refusal, OutgoingClient client, RunContext run) {
        log.warn("{} refused a client, which is parked: {} (workflow={}, client={})", server, refusal.reason(),
                workflow, client.id());
        if (refusal.isForLackOfLicences() && refusal.command() != null && client.isNew()) {
            run.tally().licencesExhausted(refusal.command().command(), refusal.reason());
        }
        results.refused(List.of(client), refusal.of(client), run);
    }

    /** Parks new clients without sending them once ACMP has run out of licences, and returns the others. */
    private List<OutgoingClient> parkUnlicensed(RecordCommand command, List<OutgoingClient> clients,
            RunContext run) {
        String reason = run.tally().licencesExhausted(command.command());
        List<OutgoingClient> unlicensed = reason == null ? List.of() : only(clients, OutgoingClient::isNew);
        if (reason == null || unlicensed.isEmpty()) {
            return clients;
        }
        results.refused(unlicensed, new Refusal(ResultCode.Known.LICENCES_EXHAUSTED.number(), reason, null), run);
        return only(clients, client -> !client.isNew());
    }

    private static List<OutgoingClient> only(List<OutgoingClient> clients, Predicate<OutgoingClient> condition) {
        return clients.stream().filter(condition).toList();
    }

    private static Exchange completed(Runnable recording) {
        recording.run();
        return Exchange.COMPLETED;
    }
}
