package io.acmpintune.engine.publication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * Asks an ACMP server whether it has clients before they are created. One command asks for one client, so several lines ask
 * side by side.
 */
final class LookUps {

    private static final int AT_ONCE = 1_000;
    /** Somebody may create the client in ACMP while a hold or a person's word is waited for. */
    private static final Duration GOOD_FOR = Duration.ofDays(1);

    private final String workflow;
    private final String server;
    private final List<Acmp> lines;
    private final LookUpRepository lookUps;
    private final AcknowledgementRepository acknowledgements;
    private final InstantSource clock;

    LookUps(String workflow, String server, List<Acmp> lines, LookUpRepository lookUps,
            AcknowledgementRepository acknowledgements, InstantSource clock) {
        this.workflow = workflow;
        this.server = server;
        this.lines = List.copyOf(lines);
        this.lookUps = lookUps;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
    }

    /** What the lines bring together. */
    private static final class Catch {
        final Queue<LookUpRepository.Answer> answers = new ConcurrentLinkedQueue<>();
        final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
        final AtomicReference<Round.@Nullable Halted> halt = new AtomicReference<>();

        record Refused(AsItIs client, Refusal why) {}
    }

    /** Asks for every client for which the server was never asked. */
    Round askForAll(Tally tally, LaneRun lane) {
        while (!lane.stopping()) {
            List<LookUpRepository.Candidate> unasked = lookUps.unasked(workflow, server, AT_ONCE);
            if (unasked.isEmpty()) {
                return Round.WENT;
            }
            if (ask(unasked, tally, lane) instanceof Round.Halted halted) {
                return halted;
            }
        }
        return Round.WENT;
    }

    /** Those that would be created although the server was asked for them too long ago to be sure. */
    List<Outgoing> staleAmong(List<Outgoing> clients) {
        Instant since = clock.instant().minus(GOOD_FOR);
        return clients.stream()
                .filter(client -> client.item().kind() == PlanKind.CREATE && client.origin() == null)
                .filter(client -> client.lookedUpAt() == null || client.lookedUpAt().isBefore(since))
                .toList();
    }

    /** Asks for these clients again; the next plan knows what the server answered. */
    Round askAgain(List<Outgoing> clients, Tally tally, LaneRun lane) {
        tally.requireReplan();
        return ask(clients.stream()
                .map(client -> new LookUpRepository.Candidate(client.asItIs(), client.client()))
                .toList(), tally, lane);
    }

    private Round ask(List<LookUpRepository.Candidate> candidates, Tally tally, LaneRun lane) {
        Queue<LookUpRepository.Candidate> open = new ConcurrentLinkedQueue<>(candidates);
        Catch caught = new Catch();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            lines.forEach(line -> threads.execute(() -> ask(open, line, caught)));
        }
        tally.lookedUp(caught.answers.size());
        lane.write(() -> {
            lookUps.answered(workflow, server, new ArrayList<>(caught.answers), clock.instant());
            caught.refused.forEach(refused -> acknowledgements.park(workflow, server, List.of(refused.client()),
                    refused.why(), clock.instant()));
        });
        Round.Halted halt = caught.halt.get();
        return halt == null ? Round.WENT : halt;
    }

    private static void ask(Queue<LookUpRepository.Candidate> open, Acmp line, Catch caught) {
        for (var next = open.poll(); next != null && caught.halt.get() == null; next = open.poll()) {
            LookUpRepository.Candidate candidate = next;
            Optional<ClientKey> key = key(candidate.clientRecord());
            if (key.isEmpty()) {
                caught.answers.add(new LookUpRepository.Answer(candidate.client(), null));
                continue;
            }
            switch (line.clientId(key.get())) {
                case AcmpReply.Done(Optional<UUID> found) ->
                    caught.answers.add(new LookUpRepository.Answer(candidate.client(), found.orElse(null)));
                case AcmpReply.Refused<Optional<UUID>> refused when Round.meansRecords(refused.code()) ->
                    caught.refused.add(new Catch.Refused(candidate.asItIs(), new Refusal(refused.code().number(),
                            "ACMP was asked whether it has the client. " + refused.text(), null)));
                case AcmpReply.Refused<Optional<UUID>> refused ->
                    caught.halt.compareAndSet(null, Round.halted(refused));
                case AcmpReply.Unavailable(var problem) -> caught.halt.compareAndSet(null, Round.halted(problem));
            }
        }
    }

    /**
     * By what ACMP is asked for a client. Aagon wants all properties of {@code GetClientId} filled for an unambiguous answer, and
     * many phones are called the same: who has no name and domain is not asked for, and is nobody that ACMP could know.
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
