package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.Acmp;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.ClientKey;
import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.publication.plan.Tally;
import io.acmpintune.runtime.lane.LaneRun;

/**
 * Looks clients up in an ACMP server before they are created. ACMP takes one client per command, so several connections look up
 * in parallel.
 */
final class LookUps {

    private static final int BATCH_SIZE = 1_000;
    /** Somebody may create the client in ACMP while a hold or a requested run is pending. */
    private static final Duration VALID_FOR = Duration.ofDays(1);

    private final String workflow;
    private final String server;
    private final List<Acmp> connections;
    private final LookUpRepository lookUps;
    private final AcknowledgementRepository acknowledgements;
    private final InstantSource clock;

    LookUps(String workflow, String server, List<Acmp> connections, LookUpRepository lookUps,
            AcknowledgementRepository acknowledgements, InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.connections = List.copyOf(connections);
        this.lookUps = lookUps;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    /** Collects the results of all connections. */
    private static final class LookUpResults {
        final Queue<LookUpRepository.Answer> answers = new ConcurrentLinkedQueue<>();
        final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
        final AtomicReference<Exchange.@Nullable Halted> halted = new AtomicReference<>();

        record Refused(RejectedVersion client, Refusal refusal) {}
    }

    /** Looks up every client that was never looked up. */
    Exchange lookUpAll(Tally tally, LaneRun lane) {
        while (!lane.stopping()) {
            List<LookUpRepository.Candidate> candidates = lookUps.notLookedUp(workflow, server, BATCH_SIZE);
            if (candidates.isEmpty()) {
                return Exchange.COMPLETED;
            }
            if (lookUp(candidates, tally, lane) instanceof Exchange.Halted halted) {
                return halted;
            }
        }
        return Exchange.COMPLETED;
    }

    /** Returns the clients to be created whose look-up is too old to rely on. */
    List<OutgoingClient> outdatedAmong(List<OutgoingClient> clients) {
        Instant validSince = clock.instant().minus(VALID_FOR);
        return clients.stream()
                .filter(client -> client.kind() == PlanKind.CREATE && client.origin() == null)
                .filter(client -> client.lookedUpAt() == null || client.lookedUpAt().isBefore(validSince))
                .toList();
    }

    /** Looks these clients up again; the next plan of the run includes the answers. */
    Exchange lookUpAgain(List<OutgoingClient> clients, Tally tally, LaneRun lane) {
        tally.requireReplan();
        return lookUp(clients.stream()
                .map(client -> new LookUpRepository.Candidate(client.rejectedVersion(), client.client()))
                .toList(), tally, lane);
    }

    private Exchange lookUp(List<LookUpRepository.Candidate> candidates, Tally tally, LaneRun lane) {
        Queue<LookUpRepository.Candidate> queue = new ConcurrentLinkedQueue<>(candidates);
        LookUpResults results = new LookUpResults();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            connections.forEach(connection -> threads.execute(() -> lookUp(queue, connection, results)));
        }
        tally.lookedUp(results.answers.size());
        lane.write(() -> {
            lookUps.store(workflow, server, List.copyOf(results.answers), clock.instant());
            results.refused.forEach(refused -> acknowledgements.park(workflow, server, List.of(refused.client()),
                    refused.refusal(), clock.instant()));
        });
        Exchange.Halted halted = results.halted.get();
        return halted == null ? Exchange.COMPLETED : halted;
    }

    private static void lookUp(Queue<LookUpRepository.Candidate> queue, Acmp connection, LookUpResults results) {
        for (var next = queue.poll(); next != null && results.halted.get() == null; next = queue.poll()) {
            LookUpRepository.Candidate candidate = next;
            Optional<ClientKey> key = key(candidate.clientRecord());
            if (key.isEmpty()) {
                results.answers.add(new LookUpRepository.Answer(candidate.client(), null));
                continue;
            }
            switch (connection.clientId(key.get())) {
                case AcmpReply.Done(Optional<UUID> found) ->
                    results.answers.add(new LookUpRepository.Answer(candidate.client(), found.orElse(null)));
                case AcmpReply.Refused<Optional<UUID>> refused when Exchange.concernsRecords(refused.code()) ->
                    results.refused.add(new LookUpResults.Refused(candidate.version(),
                            new Refusal(refused.code().number(),
                                    "ACMP refused to look up the client. " + refused.text(), null)));
                case AcmpReply.Refused<Optional<UUID>> refused ->
                    results.halted.compareAndSet(null, Exchange.halted(refused));
                case AcmpReply.Unavailable(var problem) ->
                    results.halted.compareAndSet(null, Exchange.halted(problem));
            }
        }
    }

    /**
     * Returns the key that ACMP looks a client up with. Aagon requires all properties of {@code GetClientId} for an unambiguous
     * answer, and many phones share a name: a client without name or domain is not looked up, since ACMP cannot know it.
     */
    static Optional<ClientKey> key(IcqlRecord client) {
        String name = client.text("ComputerName");
        String domain = client.text("ComputerDomain");
        return name.isBlank() || domain.isBlank()
                ? Optional.empty()
                : Optional.of(new ClientKey(directoryId(client.text("ActiveDirectoryObjectId")).orElse(null), name,
                        domain));
    }

    private static Optional<UUID> directoryId(String text) {
        try {
            return AcmpGuid.read(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
