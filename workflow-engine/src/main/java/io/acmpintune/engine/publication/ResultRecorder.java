package io.acmpintune.engine.publication;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.publication.plan.Tally;

/** Records what an ACMP server acknowledged or refused, and lets the guards count it. */
final class ResultRecorder {

    private final String workflow;
    private final String server;
    private final AcknowledgementRepository acknowledgements;
    private final HoldRepository holds;
    private final InstantSource clock;

    ResultRecorder(String workflow, String server, AcknowledgementRepository acknowledgements, HoldRepository holds,
            InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.acknowledgements = acknowledgements;
        this.holds = holds;
        this.clock = clock;
    }

    /** Records saved clients, and returns them with the ids that ACMP answered, in the order of the request. */
    List<OutgoingClient> clientsSaved(List<OutgoingClient> clients, List<IcqlRecord> records, RunContext run) {
        List<OutgoingClient> answered = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            OutgoingClient client = clients.get(i);
            answered.add(client.withAcmpClientId(
                    AcmpGuid.read(records.get(i).text(IcqlRecord.CLIENT_ID)).orElse(client.acmpClientId())));
        }
        return run.lane().write(() -> {
            List<OutgoingClient> saved = withoutSharedRecords(answered, run.tally());
            acknowledgements.clientsSaved(workflow, server, saved, clock.instant());
            complete(saved.stream().filter(client -> !client.item().intent().writesMobileDevice()).toList(),
                    run.tally());
            return saved;
        });
    }

    /** Two clients never share a record, whatever ACMP answers: the later client is parked. */
    private List<OutgoingClient> withoutSharedRecords(List<OutgoingClient> answered, Tally tally) {
        Set<UUID> taken = new HashSet<>(acknowledgements.idsOfOtherClients(workflow, server, answered));
        List<OutgoingClient> own = new ArrayList<>();
        for (OutgoingClient client : answered) {
            if (taken.add(client.acmpClientId())) {
                own.add(client);
            } else {
                park(List.of(client), new Refusal(null, "ACMP saved it as the record " + client.acmpClientId()
                        + ", which belongs to another client. Give the devices different names, or delete one of the clients in ACMP.",
                        null), tally);
            }
        }
        return own;
    }

    void mobileDevicesSaved(List<OutgoingClient> clients, RunContext run) {
        run.lane().write(() -> {
            acknowledgements.mobileDevicesSaved(workflow, server, clients, clock.instant());
            complete(clients, run.tally());
        });
    }

    void deleted(List<OutgoingClient> clients, RunContext run) {
        run.lane().write(() -> {
            acknowledgements.deleted(workflow, server, clients, clock.instant());
            count(clients, run.tally());
        });
    }

    /** Records that the server has lost a client, which the next plan of the run repairs. */
    void lost(OutgoingClient client, RunContext run) {
        run.lane().write(() -> acknowledgements.lost(workflow, server, client.id()));
    }

    void refused(List<OutgoingClient> clients, Refusal refusal, RunContext run) {
        run.lane().write(() -> park(clients, refusal, run.tally()));
    }

    private void park(List<OutgoingClient> clients, Refusal refusal, Tally tally) {
        acknowledgements.park(workflow, server, clients.stream().map(OutgoingClient::rejectedVersion).toList(),
                refusal, clock.instant());
        tally.done(PlanKind.PARKED, clients.size());
    }

    private void complete(List<OutgoingClient> clients, Tally tally) {
        if (!clients.isEmpty()) {
            acknowledgements.completed(workflow, server, clients);
            count(clients, tally);
        }
    }

    /** Lets the guards count what was applied without a decision, and ends the decisions about the rest. */
    private void count(List<OutgoingClient> clients, Tally tally) {
        for (Guard guard : EnumSet.allOf(Guard.class)) {
            List<UUID> counted = ids(clients, guard, false);
            List<UUID> released = ids(clients, guard, true);
            if (!counted.isEmpty()) {
                holds.count(workflow, server, guard, counted, clock.instant());
            }
            if (!released.isEmpty()) {
                holds.releasesApplied(workflow, server, guard, released, clock.instant());
            }
        }
        clients.forEach(client -> tally.done(client.kind(), 1));
    }

    private static List<UUID> ids(List<OutgoingClient> clients, Guard guard, boolean released) {
        return clients.stream()
                .filter(client -> client.item().intent().guard() == guard && client.item().released() == released)
                .map(OutgoingClient::id)
                .toList();
    }
}
