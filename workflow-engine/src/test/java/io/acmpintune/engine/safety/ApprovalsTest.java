package io.acmpintune.engine.safety;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.problem.ProblemException;

import static io.acmpintune.engine.safety.SafetyBench.ADMINISTRATOR;
import static io.acmpintune.engine.safety.SafetyBench.APPROVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApprovalsTest {

    private final SafetyBench engine = new SafetyBench();

    @Test
    void aRequestShowsWhatAnApproverHasToKnowAndEverybodyIsTold() {
        UUID job = wanted();

        assertThat(engine.approvals.all(null)).singleElement().satisfies(approval -> {
            assertThat(approval.id()).isEqualTo(job);
            assertThat(approval.kind()).isEqualTo(ActionKind.WIPE);
            assertThat(approval.devices()).isEqualTo(5);
            assertThat(approval.askedBy()).isEqualTo("token:acmp");
            assertThat(approval.onBehalfOf()).isEqualTo("CONTOSO\\olga");
            assertThat(approval.reason()).contains("a wipe of 5 devices");
            assertThat(approval.expiresAt()).isEqualTo(engine.clock.instant().plus(Duration.ofHours(24)));
            assertThat(approval.state()).isEqualTo(ApprovalRequest.State.PENDING);
        });
        assertThat(engine.approvals.all(ApprovalRequest.State.APPROVED)).isEmpty();
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED");
        assertThat(engine.webhooks()).containsExactly("APPROVAL_REQUESTED");
        assertThat(engine.gate.approval(job)).isEqualTo(new ApprovalRequest.Outcome.Pending());
    }

    @Test
    void anotherPersonApprovesOnce() {
        UUID job = wanted();
        ApprovalRequest asked = engine.approvals.find(job).orElseThrow();
        assertThat(engine.approvals.waiting()).isEqualTo(1);
        assertThat(engine.approvals.objection(asked, true, APPROVER)).isEmpty();
        assertThat(engine.approvals.objection(asked, true, new Identity("user:olga", Set.of(Role.APPROVER))))
                .hasValueSatisfying(
                        problem -> assertThat(problem.kind()).isEqualTo(ProblemKind.SECOND_PERSON_REQUIRED));

        ApprovalRequest approved = engine.approvals.decide(job, true, "the phones are stolen", APPROVER);

        assertThat(approved.state()).isEqualTo(ApprovalRequest.State.APPROVED);
        assertThat(approved.decidedBy()).isEqualTo(APPROVER.key());
        assertThat(approved.decisionReason()).isEqualTo("the phones are stolen");
        assertThat(engine.gate.approval(job)).isEqualTo(new ApprovalRequest.Outcome.Granted(engine.clock.instant()));
        assertRefused(() -> engine.approvals.decide(job, false, null, APPROVER), 409, ProblemKind.APPROVAL_CLOSED);
        assertRefused(() -> engine.approvals.decide(job, false, "two\nlines", APPROVER), 400,
                ProblemKind.INVALID_REQUEST);
        assertThat(engine.approvals.waiting()).isZero();
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_GIVEN");
    }

    @Test
    void whatIsTakenBackCanBeApprovedNoMore() {
        UUID job = wanted();

        engine.database.transactions().executeWithoutResult(_ -> engine.gate.withdraw(job, "token:acmp"));

        assertRefused(() -> engine.approvals.decide(job, true, null, APPROVER), 409, ProblemKind.APPROVAL_CLOSED);
        assertThat(engine.approvals.all(ApprovalRequest.State.PENDING)).isEmpty();
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_DENIED");
    }

    @Test
    void whatWasApprovedStaysApprovedWhenItIsTakenBack() {
        UUID job = wanted();
        engine.approvals.decide(job, true, null, APPROVER);

        engine.database.transactions().executeWithoutResult(_ -> engine.gate.withdraw(job, "token:acmp"));

        assertThat(engine.approvals.all(ApprovalRequest.State.APPROVED)).hasSize(1);
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_GIVEN");
    }

    @Test
    void whoDeniesIsToldToWhoAsked() {
        UUID job = wanted();

        engine.approvals.decide(job, false, "ask me first", APPROVER);

        assertThat(engine.gate.approval(job)).isInstanceOfSatisfying(ApprovalRequest.Outcome.Denied.class,
                denied -> assertThat(denied.reason().detail()).contains(APPROVER.key()).contains("ask me first"));
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_DENIED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token:acmp", "user:acmp", "user:olga", "token:Olga"})
    void whoAskedOrIsNamedInTheOrderIsNoSecondPerson(String name) {
        UUID job = wanted();
        Identity same = new Identity(name, Set.of(Role.APPROVER));

        assertRefused(() -> engine.approvals.decide(job, true, null, same), 403, ProblemKind.SECOND_PERSON_REQUIRED);

        assertThat(engine.gate.approval(job)).isEqualTo(new ApprovalRequest.Outcome.Pending());
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "REFUSED");
    }

    @Test
    void onlyAnApproverApprovesAndOnlyWhatThereIs() {
        UUID job = wanted();

        assertRefused(() -> engine.approvals.decide(job, true, null, ADMINISTRATOR), 403, ProblemKind.FORBIDDEN);
        assertRefused(() -> engine.approvals.decide(UUID.randomUUID(), true, null, APPROVER), 404,
                ProblemKind.UNKNOWN_APPROVAL);
        UUID free = UUID.randomUUID();
        engine.admit(free, ActionKind.WIPE, "token:acmp", 1);
        assertRefused(() -> engine.approvals.decide(free, true, null, APPROVER), 404, ProblemKind.UNKNOWN_APPROVAL);
    }

    @Test
    void aRequestIsOverAfterADayWhetherOrNotTheLaneHasSeenIt() {
        UUID job = wanted();
        engine.clock.advance(Duration.ofHours(24));

        assertThat(engine.gate.approval(job)).isInstanceOf(ApprovalRequest.Outcome.Expired.class);
        assertRefused(() -> engine.approvals.decide(job, true, null, APPROVER), 409, ProblemKind.APPROVAL_CLOSED);
        assertThat(engine.approvals.all(ApprovalRequest.State.EXPIRED)).hasSize(1);
        assertThat(engine.approvals.all(ApprovalRequest.State.PENDING)).isEmpty();

        engine.approvals.expire(engine.database.run("expire-approvals", 1));
        engine.approvals.expire(engine.database.run("expire-approvals", 1));

        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_EXPIRED");
        assertThat(engine.approvals.all(null)).singleElement()
                .extracting(ApprovalRequest::state)
                .isEqualTo(ApprovalRequest.State.EXPIRED);
        assertThat(engine.clear(job, ActionKind.WIPE, 1)).isInstanceOf(SafetyGate.Clearance.Wait.class);
    }

    @Test
    void whoDecideAtOnceDecideOnce() throws Exception {
        UUID job = wanted();
        Callable<String> decision = () -> decide(job);
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<String> outcome : threads.invokeAll(Collections.nCopies(6, decision))) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).filteredOn("approved"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("approval-closed"::equals).hasSize(5);
        assertThat(engine.audited()).containsExactly("APPROVAL_REQUESTED", "APPROVAL_GIVEN");
    }

    private String decide(UUID job) {
        try {
            return engine.approvals.decide(job, true, null, APPROVER).state().text();
        } catch (ProblemException e) {
            return e.problem().kindText();
        }
    }

    private UUID wanted() {
        UUID job = UUID.randomUUID();
        assertThat(engine.admit(job, ActionKind.WIPE, "token:acmp", 5))
                .isInstanceOf(SafetyGate.Admission.NeedsApproval.class);
        return job;
    }

    private static void assertRefused(Runnable work, int status, ProblemKind kind) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(kind);
            assertThat(refused.problem().status()).isEqualTo(status);
        });
    }
}
