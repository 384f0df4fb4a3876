package io.acmpintune.engine.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.engine.acmp.ConnectionProbe.Certificate;
import io.acmpintune.engine.acmp.ConnectionProbe.Reach;
import io.acmpintune.engine.acmp.ConnectionProbe.Tls;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.verification.Observations.Attempt;
import io.acmpintune.engine.verification.Observations.RoundTrip;
import io.acmpintune.engine.verification.SicsReport.Check;
import io.acmpintune.engine.verification.SicsReport.Step;
import io.acmpintune.model.verification.ConnectionReport.Outcome;

/** Turns observations of the way to ACMP into the steps of a report, one for each check. */
final class Findings {

    private static final Duration WARN_AHEAD = Duration.ofDays(30);
    /** The checkbox as ACMP's own documentation describes it. */
    private static final String TICK_ACCESS_RIGHTS = "Tick 'Public API access rights' in ACMP under System > Settings > ACMP Server"
            + " > SICS Connection.";
    private static final String PREVIOUS_STEP_FAILED = "A step before this one failed.";

    private Findings() {}

    static List<Step> steps(Observations seen, Instant now) {
        List<Step> steps = new ArrayList<>();
        steps.add(reach(seen.reach()));
        steps.add(tls(seen.tls(), now));
        steps.add(attempt(Check.SESSION, seen.logIn(), "SICS accepted user name and password and opened a session."));
        steps.add(attempt(Check.REPLY_TARGET, seen.replyTarget(),
                "A virtual router and a target were created and deleted."));
        for (RoundTrip roundTrip : seen.roundTrips()) {
            steps.addAll(server(roundTrip));
        }
        return steps;
    }

    private static Step reach(Reach reach) {
        return switch (reach) {
            case Reach.Connected(var address) ->
                ok(Check.REACH, null, "Connected to " + address + ".");
            case Reach.Failed(var problem) -> failed(Check.REACH, null, problem);
        };
    }

    private static Step tls(@Nullable Tls tls, Instant now) {
        return switch (tls) {
            case null -> skipped(Check.TLS, null, PREVIOUS_STEP_FAILED);
            case Tls.NotUsed() -> warning(Check.TLS, null,
                    "SICS's address is an http one: user name, password and all data go unencrypted.",
                    "Give SICS a certificate and write acmp.sics.url with https.");
            case Tls.Failed(var problem, var fallsBack) -> fallsBack
                    ? warning(Check.TLS, null, sentence(problem.why())
                            + " User name, password and all data go unencrypted instead, as acmp.sics.allow-unencrypted permits.",
                            sentence(problem.remedy()))
                    : failed(Check.TLS, null, problem);
            case Tls.Established(var chain) -> chain.stream()
                    .min(Comparator.comparing(Certificate::until))
                    .map(first -> made(first, now))
                    .orElseGet(() -> ok(Check.TLS, null, "A TLS connection was made."));
        };
    }

    private static Step made(Certificate endsFirst, Instant now) {
        Duration left = Duration.between(now, endsFirst.until());
        String found = "A TLS connection was made. Of the certificates that SICS sent, the one of "
                + endsFirst.subject()
                + " expires first, at " + endsFirst.until() + ", in " + left.toDays() + " day(s).";
        return left.compareTo(WARN_AHEAD) <= 0
                ? warning(Check.TLS, null, found,
                        "Renew it in SICS before; if its authority is a new one, add that to the bundle named in"
                                + " acmp.sics.ssl-bundle first.")
                : ok(Check.TLS, null, found);
    }

    private static Step attempt(Check check, Attempt attempt, String success) {
        return switch (attempt) {
            case Attempt.NotTried() -> skipped(check, null, PREVIOUS_STEP_FAILED);
            case Attempt.Worked() -> ok(check, null, success);
            case Attempt.Failed(var problem) -> failed(check, null, problem);
        };
    }

    private static List<Step> server(RoundTrip roundTrip) {
        String server = roundTrip.server();
        return switch (roundTrip) {
            case RoundTrip.NotTried _ -> List.of(skipped(Check.ROUND_TRIP, server, PREVIOUS_STEP_FAILED),
                    skipped(Check.PUBLIC_API, server, PREVIOUS_STEP_FAILED),
                    skipped(Check.COMMANDS, server, PREVIOUS_STEP_FAILED));
            case RoundTrip.Tried(_, AcmpReply.Done(var versions), var took) -> List.of(answered(server, took),
                    ok(Check.PUBLIC_API, server, "ACMP executed a command of the Public API."),
                    commands(server, versions));
            case RoundTrip.Tried(_, AcmpReply.Refused<CommandVersions> refused, var took) ->
                List.of(answered(server, took),
                        failed(Check.PUBLIC_API, server, sentence(refused.text()),
                                TICK_ACCESS_RIGHTS + " If it is ticked: " + sentence(refused.code().advice())),
                        skipped(Check.COMMANDS, server, PREVIOUS_STEP_FAILED));
            case RoundTrip.Tried(_, AcmpReply.Unavailable(var problem), _) ->
                List.of(failed(Check.ROUND_TRIP, server, problem),
                        skipped(Check.PUBLIC_API, server, problem.kind() == ConnectionProblem.Kind.NO_REPLY
                                ? "No reply arrived, which may mean that 'Public API access rights' is not ticked."
                                : PREVIOUS_STEP_FAILED),
                        skipped(Check.COMMANDS, server, PREVIOUS_STEP_FAILED));
        };
    }

    private static Step answered(String server, Duration took) {
        return ok(Check.ROUND_TRIP, server, "ACMP answered within " + took.toMillis() + " ms.");
    }

    private static Step commands(String server, CommandVersions versions) {
        List<RequiredCommand> missing = Arrays.stream(RequiredCommand.values())
                .filter(needed -> needed.isMissingIn(versions))
                .toList();
        if (missing.isEmpty()) {
            return ok(Check.COMMANDS, server, "ACMP has " + versions.byCommand()
                    .entrySet()
                    .stream()
                    .map(entry -> entry.getKey() + " in version " + entry.getValue())
                    .collect(Collectors.joining(", ")) + ".");
        }
        Outcome worst = missing.stream().map(RequiredCommand::whenMissing).max(Comparator.naturalOrder()).orElseThrow();
        return new Step(Check.COMMANDS, server, worst, "ACMP lacks "
                + missing.stream().map(RequiredCommand::consequence).collect(Collectors.joining(", ")) + ".",
                "Update the ACMP server to a version that has them.");
    }

    private static String sentence(String text) {
        String full = text.endsWith(".") ? text : text + ".";
        return Character.toUpperCase(full.charAt(0)) + full.substring(1);
    }

    private static Step ok(Check check, @Nullable String server, String found) {
        return new Step(check, server, Outcome.OK, found, null);
    }

    private static Step skipped(Check check, @Nullable String server, String why) {
        return new Step(check, server, Outcome.SKIPPED, why, null);
    }

    private static Step warning(Check check, @Nullable String server, String found, String remedy) {
        return new Step(check, server, Outcome.WARNING, found, remedy);
    }

    private static Step failed(Check check, @Nullable String server, String found, String remedy) {
        return new Step(check, server, Outcome.FAILED, found, remedy);
    }

    private static Step failed(Check check, @Nullable String server, ConnectionProblem problem) {
        return failed(check, server, problem.which() + ": " + problem.why() + ".", sentence(problem.remedy()));
    }
}
