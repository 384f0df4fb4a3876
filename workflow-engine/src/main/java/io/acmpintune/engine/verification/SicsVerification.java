package io.acmpintune.engine.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.ConnectionProbe;
import io.acmpintune.engine.acmp.ConnectionProbe.Reach;
import io.acmpintune.engine.acmp.ConnectionProbe.Tls;
import io.acmpintune.engine.verification.Observations.Attempt;
import io.acmpintune.engine.verification.Observations.RoundTrip;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;

/**
 * Verifies each step on the way of a command, from SICS's host name to the replies of all ACMP servers. It logs in again; success
 * ends the pause after a refusal.
 */
@Component
public class SicsVerification {

    private static final Logger log = LoggerFactory.getLogger(SicsVerification.class);

    private final AcmpGateway gateway;
    private final Workflows workflows;
    private final InstantSource clock;

    SicsVerification(AcmpGateway gateway, Workflows workflows, InstantSource clock) {
        this.gateway = gateway;
        this.workflows = workflows;
        this.clock = clock;
    }

    /** Takes as long as SICS and the slowest ACMP server, or their timeouts. */
    public SicsReport verify() {
        Instant now = clock.instant();
        SicsReport report = SicsReport.of(now, Findings.steps(observe(gateway.probe()), now));
        log.info("Verified the connection to SICS: {}", report.steps()
                .stream()
                .map(step -> step.name() + (step.server() == null ? " " : " of " + step.server() + " ")
                        + step.outcome())
                .collect(Collectors.joining(", ")));
        return report;
    }

    private Observations observe(ConnectionProbe probe) {
        Reach reach = probe.reach();
        Tls tls = reach instanceof Reach.Connected ? probe.tls() : null;
        boolean connected = tls instanceof Tls.NotUsed || tls instanceof Tls.Established
                || (tls instanceof Tls.Failed(_, var fallsBack) && fallsBack);
        Attempt logIn = connected ? Attempt.of(probe.logIn()) : new Attempt.NotTried();
        Attempt target = logIn instanceof Attempt.Worked ? Attempt.of(probe.replyTarget()) : new Attempt.NotTried();
        List<AcmpServer> servers = workflows.all()
                .stream()
                .map(Workflow::servers)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return new Observations(reach, tls, logIn, target, target instanceof Attempt.Worked
                ? ask(probe, servers)
                : servers.stream().<RoundTrip>map(server -> new RoundTrip.NotTried(server.id())).toList());
    }

    /** All at the same time, so that dead servers cost only one timeout. */
    private List<RoundTrip> ask(ConnectionProbe probe, List<AcmpServer> servers) {
        List<Future<RoundTrip>> asked;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = servers.stream().map(server -> threads.submit(() -> ask(probe, server))).toList();
        }
        return asked.stream().map(Future::resultNow).toList();
    }

    private RoundTrip ask(ConnectionProbe probe, AcmpServer server) {
        Instant begin = clock.instant();
        AcmpReply<CommandVersions> reply = probe.commandVersions(server, RequiredCommand.names());
        return new RoundTrip.Tried(server.id(), reply, Duration.between(begin, clock.instant()));
    }
}
