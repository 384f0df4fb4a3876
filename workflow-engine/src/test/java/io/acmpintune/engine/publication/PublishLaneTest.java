package io.acmpintune.engine.publication;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.Author;
import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingFile;
import io.acmpintune.engine.publication.plan.Guard;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.lane.LaneRun;
import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.acmp.ReplyFault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The publish lane, run by hand on a fleet of phones, against a simulated SICS and ACMP. */
@Timeout(60)
class PublishLaneTest {

    private static final World WORLD = World.start();
    private static final List<String> WRITES = List.of("SaveClients", "SaveMobileDevices", "DeleteClients");
    private static final Author ADA = new Author("token:api", "Ada");
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final World.Server acmp = WORLD.emptyServer();
    private final Publishers publishers = new Publishers(database, clock);
    private final PublishLanes lanes = new PublishLanes(database.lanes(), database.jdbc());
    private final Audit audit = TestAudit.on(database.jdbc(), clock);
    private final Holds holds = new Holds(database.jdbc(), database.transactions(), lanes, audit, clock);
    private final Runs runs = new Runs(database.jdbc(), database.transactions(), lanes, audit, JsonMapper.shared(),
            clock);
    private final ParkedClients parked = new ParkedClients(database.jdbc(), database.transactions(), lanes, audit);
    private final Plans plans = new Plans(publishers.snapshots(), database.jdbc(), publishers.records(), clock);
    private final Publications publications = new Publications(database.jdbc());
    private final Fleet fleet = new Fleet(database, clock, TestWorkflows.NAME, 1);
    private Workflow workflow = TestWorkflows.workflow(URI.create("http://127.0.0.1:1"), 200);

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    // ---- who is looked up

    @Test
    void aClientThatAcmpHadBeforeIsLinkedAndItsClientRecordIsNeverWritten() {
        String own = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        String byEntraId = acmp.inside()
                .putClient(Map.of("ComputerName", "OTHERWISE", "ComputerDomain", "corp.local",
                        "ActiveDirectoryObjectId", AcmpGuid.write(fleet.entraId(2))));
        fleet.enrol(0, 5);

        publish();
        fleet.rename(0, 5, "RENAMED-");
        publish();
        fleet.remove(1, 2);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(5);
        for (String linked : List.of(own, byEntraId)) {
            assertThat(acmp.inside().timesSaved(linked)).isZero();
        }
        assertThat(acmp.inside().client(own).orElseThrow()).containsEntry("ComputerName", "PHONE-1");
        assertThat(acmp.inside().mobileDevice(own).orElseThrow()).containsEntry("DeviceName", "RENAMED-1")
                .containsEntry("RecordState", "removed");
        assertThat(acmp.inside().mobileDevice(byEntraId).orElseThrow()).containsEntry("DeviceName", "RENAMED-2");
        assertThat(acmp.inside().client(fleet.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RENAMED-0");
        assertThat(status().acknowledged()).isEqualTo(5);
        assertThat(plan().counts()).containsOnlyKeys(PlanKind.UNCHANGED);
    }

    @Test
    void eachClientIsLookedUpOnce() {
        fleet.enrol(0, 30);
        publish();
        fleet.enrol(30, 31);
        fleet.rename(0, 3, "RENAMED-");
        publish();

        assertThat(acmp.inside().commandsReceived("GetClientId")).isEqualTo(31);
    }

    @Test
    void nothingIsLookedUpWhereThatIsSwitchedOff() {
        publishing(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        fleet.enrol(0, 3);

        publish();

        assertThat(acmp.inside().commandsReceived("GetClientId")).isZero();
        assertThat(acmp.inside().clientCount()).isEqualTo(3);
    }

    @Test
    void twoPhonesOfOneNameAreTwoClientsAndTheSecondSaysWhy() {
        fleet.enrol(0, 1);
        publish();
        fleet.enrol(1, 2);
        fleet.rename(1, 2, "PHONE-");
        database.jdbc()
                .sql("update client set client_record = (select replace(client_record::text, 'PHONE-1', 'PHONE-0')::json), client_fingerprint = '\\x01' where client_id = :id")
                .param("id", fleet.clientId(1))
                .update();

        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        publish();
        assertThat(plan().items()).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo(PlanKind.CREATE);
            assertThat(item.explanation()).contains("the client of " + TestWorkflows.NAME + " " + fleet.clientId(0));
        });
        runs.request(workflow, ADA);
        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(fleet.acmpId(0), fleet.acmpId(1));
    }

    @Test
    void aClientFoundBeforeWeLearnedOfItsCreationIsOurs() {
        fleet.enrol(0, 3);
        publish();
        database.jdbc().sql("delete from acknowledgement").update();
        fleet.rename(0, 3, "RENAMED-");
        database.jdbc()
                .sql("update client set client_record = replace(client_record::text, 'RENAMED', 'PHONE')::json")
                .update();

        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(3);
        assertThat(origins()).isEqualTo(Map.of("CREATED", 3));
    }

    @Test
    void whoMayHaveComeToAcmpInTheMeantimeIsLookedUpAgainBeforeItIsCreated() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        fleet.enrol(0, 4);
        publish();
        String meanwhile = acmp.inside().putClient(Map.of("ComputerName", "PHONE-2", "ComputerDomain", "example.com"));
        clock.advance(Duration.ofDays(2));

        runs.request(workflow, ADA);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(4);
        assertThat(acmp.inside().timesSaved(meanwhile)).isZero();
        assertThat(acmp.inside().mobileDeviceCount()).isEqualTo(4);
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);
    }

    // ---- one record, one client

    @Test
    void twoWorkflowsOfOneServerNeverShareARecord() {
        Workflow other = TestWorkflows.named(workflow, "IntuneMobileDevices_2");
        database.jdbc().sql("insert into workflow (name) values (:name)").param("name", other.name()).update();
        Fleet others = new Fleet(database, clock, other.name(), 2);
        fleet.enrol(0, 10);
        others.enrol(0, 10);

        publish();
        run(other);

        assertThat(acmp.inside().clientCount()).isEqualTo(20);
        assertThat(origins()).isEqualTo(Map.of("CREATED", 20));
        others.rename(0, 10, "OTHERS-");
        run(other);
        assertThat(acmp.inside().client(fleet.acmpId(3)).orElseThrow()).containsEntry("ComputerName", "PHONE-3");
    }

    @Test
    void aRecordThatAnotherWorkflowHasIsAConflictThatIsShown() {
        Workflow other = TestWorkflows.named(workflow, "IntuneMobileDevices_2");
        database.jdbc().sql("insert into workflow (name) values (:name)").param("name", other.name()).update();
        Fleet same = new Fleet(database, clock, other.name(), 1);
        fleet.enrol(0, 2);
        publish();
        long saved = acmp.inside().commandsReceived("SaveClients");
        same.enrol(0, 2);

        run(other);

        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(saved);
        assertThat(plans.preview(other, Publishers.SERVER, Set.of(), null, 10)).satisfies(plan -> {
            assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CONFLICT, 2));
            assertThat(plan.items()).allSatisfy(item -> assertThat(item.explanation()).contains(TestWorkflows.NAME));
        });
    }

    // ---- how much is sent

    @Test
    void theSecondRunSendsNothingAndFiveHundredChangesAreSentAlone() {
        publishing(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        fleet.enrol(0, 2_000);
        publish();
        long before = writes();
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(writes()).isEqualTo(before);

        fleet.rename(700, 1_200, "RENAMED-");
        publish();

        assertThat(writes() - before).isLessThanOrEqualTo(6);
        assertThat(IntStream.range(0, 2_000).filter(i -> acmp.inside().timesSaved(fleet.acmpId(i)) == 2))
                .hasSize(500)
                .allMatch(i -> i >= 700 && i < 1_200);
        assertThat(lastRun()).satisfies(run -> {
            assertThat(run.done()).isEqualTo(Map.of("UPDATE", 500));
            assertThat(run.planned()).isEqualTo(Map.of("UPDATE", 500, "UNCHANGED", 1_500));
            assertThat(run.messages()).isEqualTo(Map.of("SaveClients", 3, "SaveMobileDevices", 3));
        });
    }

    @Test
    void aFewChangesThatComePageByPageAreToldTogether() {
        imported(20);
        workflow = TestWorkflows.with(workflow, new Publishing(200, Publishing.LookUp.ALL, 3,
                Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ofSeconds(5)));
        ClientPublisher publisher = publisher();
        publisher.run(lane());
        long before = writes();

        for (int page = 0; page < 4; page++) {
            fleet.enrol(20 + page, 21 + page);
            assertThat(publisher.run(lane())).isEqualTo(Duration.ofSeconds(5));
            clock.advance(Duration.ofSeconds(4));
        }
        assertThat(writes()).isEqualTo(before);
        clock.advance(Duration.ofSeconds(1));
        assertThat(publisher.run(lane())).isEqualTo(IDLE);

        assertThat(writes() - before).isEqualTo(2);
        assertThat(status().acknowledged()).isEqualTo(24);
    }

    @Test
    void aRunThatFoundNothingLeavesNoRowUnlessAPersonAskedForIt() {
        fleet.enrol(0, 2);
        publish();
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(runs.page(workflow, null, null, 10)).hasSize(1);

        Runs.Run asked = runs.request(workflow, ADA).getFirst();
        assertThat(asked.state()).isEqualTo(Runs.State.REQUESTED);
        publish();

        assertThat(runs.get(workflow, asked.id())).satisfies(run -> {
            assertThat(run.state()).isEqualTo(Runs.State.FINISHED);
            assertThat(run.requestedBy()).isEqualTo("Ada");
            assertThat(run.planned()).isEqualTo(Map.of("UNCHANGED", 2));
            assertThat(run.done()).isEmpty();
        });
    }

    @Test
    void aRunThatAPersonAskedForSurvivesTheDeathOfTheLane() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        fleet.enrol(0, 2);
        Runs.Run asked = runs.request(workflow, ADA).getFirst();
        database.jdbc().sql("update run set started_at = now()").update();

        publish();

        assertThat(runs.get(workflow, asked.id()).done()).isEqualTo(Map.of("CREATE", 2));
    }

    // ---- the dry run

    @Test
    void theDryRunChangesNothingAndItsCountsAreThoseOfTheRun() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, Duration.ofDays(30), 100_000);
        fleet.enrol(0, 20);
        runs.request(workflow, ADA);
        publish();
        fleet.remove(0, 2);
        runs.request(workflow, ADA);
        publish();
        clock.advance(Duration.ofDays(31));
        acmp.inside().putClient(Map.of("ComputerName", "PHONE-21", "ComputerDomain", "example.com"));
        fleet.remove(2, 5);
        fleet.rename(5, 9, "RENAMED-");
        fleet.enrol(20, 24);
        publish();
        Map<String, String> tables = tables();
        Map<String, Map<String, String>> clients = acmp.inside().clients();
        Map<String, Map<String, String>> devices = acmp.inside().mobileDevices();
        long commands = commands();

        Plans.ServerPlan plan = plan();

        assertThat(tables()).isEqualTo(tables);
        assertThat(acmp.inside().clients()).isEqualTo(clients);
        assertThat(acmp.inside().mobileDevices()).isEqualTo(devices);
        assertThat(commands()).isEqualTo(commands);
        assertThat(plan.notLookedUp()).isZero();
        assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CREATE, 3, PlanKind.LINK, 1, PlanKind.UPDATE, 4,
                PlanKind.MARK_REMOVED, 3, PlanKind.DELETE, 2, PlanKind.UNCHANGED, 11));

        Runs.Run run = runs.request(workflow, ADA).getFirst();
        publish();

        assertThat(runs.get(workflow, run.id())).satisfies(done -> {
            assertThat(done.planned()).isEqualTo(names(plan.counts()));
            Map<String, Integer> applied = new HashMap<>(names(plan.counts()));
            applied.remove("UNCHANGED");
            assertThat(done.done()).isEqualTo(applied);
        });
    }

    @Test
    void theDryRunShowsEachFieldBeforeAndAfterInPages() {
        fleet.enrol(0, 5);
        publish();
        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        fleet.rename(1, 4, "RENAMED-");

        Plans.ServerPlan first = plans.preview(workflow, Publishers.SERVER, Set.of(PlanKind.UPDATE), null, 2);
        Plans.ServerPlan second = plans.preview(workflow, Publishers.SERVER, Set.of(PlanKind.UPDATE), first.next(), 2);

        assertThat(first.items()).extracting(Plans.PlannedClient::clientId)
                .containsExactly(fleet.clientId(1), fleet.clientId(2));
        assertThat(second.items()).extracting(Plans.PlannedClient::clientId).containsExactly(fleet.clientId(3));
        assertThat(second.next()).isNull();
        assertThat(first.items().getFirst().fields()).contains(
                new Plans.FieldChange("SaveClients", "ComputerName", "PHONE-1", "RENAMED-1"),
                new Plans.FieldChange("SaveMobileDevices", "DeviceName", "PHONE-1", "RENAMED-1"))
                .allSatisfy(field -> assertThat(field.before()).isNotEqualTo(field.after()));
        assertThat(plans.preview(workflow, Publishers.SERVER, Set.of(PlanKind.DELETE), null, 2).items()).isEmpty();
    }

    @Test
    void theDryRunSaysHowManyClientsWereNotLookedUpYet() {
        fleet.enrol(0, 3);

        assertThat(plan()).satisfies(plan -> {
            assertThat(plan.notLookedUp()).isEqualTo(3);
            assertThat(plan.counts()).isEqualTo(Map.of(PlanKind.CREATE, 3));
        });
    }

    @Test
    void onRequestAcmpIsLookedIntoAndWrittenToOnlyInARunThatSomebodyAskedFor() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.ON_REQUEST, null, 100_000);
        acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        fleet.enrol(0, 3);

        publish();
        assertThat(writes()).isZero();
        assertThat(plan().counts()).isEqualTo(Map.of(PlanKind.CREATE, 2, PlanKind.LINK, 1));

        runs.request(workflow, ADA);
        publish();
        assertThat(status().acknowledged()).isEqualTo(3);

        fleet.rename(0, 1, "RENAMED-");
        long before = writes();
        publish();
        assertThat(writes()).isEqualTo(before);
    }

    // ---- guards

    @Test
    void moreRemovalsThanUsualAreHeldAndTheRestGoesOn() {
        imported(100);
        fleet.remove(0, 51);
        fleet.rename(60, 62, "RENAMED-");

        publish();

        assertThat(removedInAcmp()).isZero();
        assertThat(acmp.inside().client(fleet.acmpId(60)).orElseThrow()).containsEntry("ComputerName", "RENAMED-60");
        Holds.Hold hold = waiting();
        assertThat(hold.kind()).isEqualTo(Guard.REMOVE);
        assertThat(hold.count()).isEqualTo(51);
        assertThat(hold.serverClients()).isEqualTo(100);
        assertThat(hold.reason()).contains("51 clients would be marked as removed");
        assertThat(holds.clients(workflow, hold.id(), null, 100)).hasSize(51);
        assertThat(status().held()).isEqualTo(51);
        assertThat(plan().items()).filteredOn(item -> item.kind() == PlanKind.HELD)
                .hasSize(51)
                .allSatisfy(item -> assertThat(item.intent()).isEqualTo(PlanKind.MARK_REMOVED));
    }

    @Test
    void aReleasedSetIsAppliedAndNothingElse() {
        imported(100);
        fleet.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();

        holds.decide(workflow, hold.id(), true, ADA, hold.revision());
        fleet.synchronize(0, 10);
        fleet.remove(51, 99);
        publish();

        assertThat(removedInAcmp()).isEqualTo(99);
        assertThat(holds.get(workflow, hold.id())).satisfies(decided -> {
            assertThat(decided.state()).isEqualTo(Holds.State.RELEASED);
            assertThat(decided.decidedBy()).isEqualTo("Ada");
        });
        assertThat(holds.clients(workflow, hold.id(), null, 100)).allMatch(Holds.HeldClient::done);
        assertThat(status().held()).isZero();
    }

    @Test
    void whoDecidesOrStartsOrRepeatsIsRecorded() {
        imported(100);
        fleet.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();

        holds.decide(workflow, hold.id(), true, ADA, hold.revision());
        runs.request(workflow, Author.of("user:ada"));
        parked.retry(workflow, null, null, Author.of("user:ada"));

        assertThat(database.jdbc().sql("""
                select event || ' ' || actor || ' ' || coalesce(on_behalf_of, '-') || ' ' || target_kind
                from audit_entry order by seq desc limit 3
                """).query(String.class).list()).containsExactly("PARKED_RETRIED user:ada - WORKFLOW",
                "RUN_STARTED user:ada - RUN", "HOLD_DECIDED token:api Ada HOLD");
    }

    @Test
    void aReleaseDoesNotReachFurtherThanItsSet() {
        imported(200);
        fleet.remove(0, 60);
        publish();

        fleet.remove(60, 120);
        holds.decide(workflow, waiting().id(), true, ADA, null);
        publish();

        assertThat(removedInAcmp()).isEqualTo(60);
        assertThat(waiting().count()).isEqualTo(60);
        assertThat(holds.clients(workflow, waiting().id(), null, 1)).singleElement()
                .satisfies(client -> assertThat(client.clientId()).isEqualTo(fleet.clientId(60)));
    }

    @Test
    void aRejectedSetIsNotAppliedUntilItsClientsChange() {
        imported(100);
        fleet.rename(0, 60, "WRONG-");
        publish();
        holds.decide(workflow, waiting().id(), false, ADA, null);

        fleet.synchronize(0, 60);
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(acmp.inside().client(fleet.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "PHONE-0");
        assertThat(status().held()).isEqualTo(60);
        assertThat(holds.list(workflow, 10)).noneMatch(hold -> hold.state() == Holds.State.WAITING);

        fleet.rename(0, 5, "RIGHT-");
        publish();

        assertThat(acmp.inside().client(fleet.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RIGHT-0");
        assertThat(acmp.inside().client(fleet.acmpId(5)).orElseThrow()).containsEntry("ComputerName", "PHONE-5");
        assertThat(status().held()).isEqualTo(55);
    }

    @Test
    void moreCreationsThanConfiguredAreHeld() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, null, 10);
        fleet.enrol(0, 11);
        publish();
        assertThat(acmp.inside().clientCount()).isZero();
        assertThat(waiting().kind()).isEqualTo(Guard.CREATE);

        holds.decide(workflow, waiting().id(), true, ADA, null);
        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(11);
    }

    @Test
    void whatChangesWithEachSynchronizationIsNeverHeld() {
        imported(100);
        fleet.synchronize(0, 100);

        publish();

        assertThat(status().acknowledged()).isEqualTo(100);
        assertThat(holds.list(workflow, 10)).isEmpty();
    }

    @Test
    void aWaitingHoldFollowsWhatThereIsToDoAndIsGoneWithTheLast() {
        imported(100);
        fleet.remove(0, 60);
        publish();
        Holds.Hold first = waiting();

        fleet.comeBack(0, 30);
        fleet.remove(60, 61);
        publish();
        Holds.Hold later = waiting();
        assertThat(later.id()).isEqualTo(first.id());
        assertThat(later.count()).isEqualTo(31);
        assertThat(later.revision()).isGreaterThan(first.revision());
        assertThatThrownBy(() -> holds.decide(workflow, first.id(), true, ADA, first.revision()))
                .isInstanceOf(ProblemException.class);

        fleet.comeBack(30, 61);
        publish();
        assertThat(holds.list(workflow, 10)).isEmpty();
        assertThat(removedInAcmp()).isZero();
    }

    @Test
    void manySmallRemovalsAreOneLargeOne() {
        imported(100);
        fleet.remove(0, 30);
        publish();
        fleet.remove(30, 60);
        publish();

        assertThat(removedInAcmp()).isEqualTo(30);
        assertThat(waiting().count()).isEqualTo(30);
        assertThat(waiting().reason()).contains("30 were in the last hour");
    }

    @Test
    void onlyAnHourIsRemembered() {
        imported(100);
        fleet.remove(0, 30);
        publish();
        clock.advance(Duration.ofMinutes(61));
        fleet.remove(30, 60);
        publish();

        assertThat(removedInAcmp()).isEqualTo(60);
    }

    @Test
    void aDecisionIsMadeOnce() {
        imported(100);
        fleet.remove(0, 51);
        publish();
        Holds.Hold hold = waiting();
        holds.decide(workflow, hold.id(), false, ADA, null);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> holds.decide(workflow, hold.id(), true, new Author("token:api", "Bob"), null))
                .satisfies(refused -> assertThat(refused.problem())
                        .extracting(Problem::status, Problem::kind)
                        .containsExactly(409, ProblemKind.HOLD_DECIDED));
    }

    @Test
    void guardsThatCannotBeAskedLetNothingThrough() {
        fleet.enrol(0, 3);
        database.jdbc().sql("alter table guard_count rename to guard_count_gone").update();
        try {
            assertThatThrownBy(this::publish).isInstanceOf(DataAccessException.class);
        } finally {
            database.jdbc().sql("alter table guard_count_gone rename to guard_count").update();
        }

        assertThat(writes()).isZero();
    }

    // ---- deletion

    @Test
    void onlyWhatWeCreatedIsDeletedAndOnlyAfterItsTime() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        String linked = acmp.inside().putClient(Map.of("ComputerName", "PHONE-0", "ComputerDomain", "example.com"));
        fleet.enrol(0, 4);
        publish();
        fleet.remove(0, 2);
        publish();
        clock.advance(Duration.ofDays(29));
        publish();
        assertThat(acmp.inside().clientCount()).isEqualTo(4);

        clock.advance(Duration.ofDays(1));
        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(linked, fleet.acmpId(2), fleet.acmpId(3));
        assertThat(acmp.inside().commandsReceived("DeleteClients")).isEqualTo(1);
        assertThat(plan().counts()).containsOnlyKeys(PlanKind.UNCHANGED);
    }

    @Test
    void aDeletedClientThatComesBackIsCreatedUnderItsId() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        fleet.enrol(0, 1);
        publish();
        fleet.remove(0, 1);
        publish();
        clock.advance(Duration.ofDays(30));
        publish();
        assertThat(acmp.inside().clientCount()).isZero();

        fleet.comeBack(0, 1);
        publish();

        assertThat(acmp.inside().clientIds()).containsExactly(fleet.acmpId(0));
        assertThat(acmp.inside().mobileDevice(fleet.acmpId(0)).orElseThrow()).containsEntry("RecordState", "active");
        assertThat(status().acknowledged()).isEqualTo(1);
    }

    @Test
    void whatIsGoneAlreadyIsTakenForDeleted() {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        fleet.enrol(0, 6);
        publish();
        fleet.remove(0, 5);
        publish();
        acmp.inside().deleteClient(fleet.acmpId(3));
        clock.advance(Duration.ofDays(30));

        publish();

        assertThat(acmp.inside().clientIds()).containsExactly(fleet.acmpId(5));
        assertThat(lastRun().done()).isEqualTo(Map.of("DELETE", 5));
        assertThat(status().parked()).isZero();
    }

    // ---- result codes

    @ParameterizedTest
    @ValueSource(ints = {-1, 9, 18, 19})
    void whatMayPassIsTriedAgainAfterAGrowingWhile(int code) {
        fleet.enrol(0, 3);
        ClientPublisher publisher = publisher();
        acmp.inside().faults().next("SaveClients", 2, new ReplyFault.Refused(code));

        Duration first = publisher.run(lane());
        assertThat(first).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(status().problem()).contains("result code " + code);
        assertThat(status().parked()).isZero();
        long asked = commands();
        assertThat(publisher.run(lane())).isEqualTo(first);
        assertThat(commands()).isEqualTo(asked);

        clock.advance(first);
        Duration second = publisher.run(lane());
        assertThat(second).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        clock.advance(second);
        assertThat(publisher.run(lane())).isEqualTo(IDLE);

        assertThat(status().acknowledged()).isEqualTo(3);
        assertThat(status().problem()).isNull();
    }

    @Test
    void aServerThatDoesSomethingBetweenItsFailuresIsNotLeftAloneEverLonger() {
        workflow = TestWorkflows.with(workflow, new Publishing(20, Publishing.LookUp.NONE, 3,
                Publishing.Apply.AUTOMATIC, null, 100_000, Duration.ZERO));
        fleet.enrol(0, 200);
        ClientPublisher publisher = publisher();

        for (int failure = 1; failure <= 8; failure++) {
            acmp.inside().faults().after("SaveMobileDevices", 1, new ReplyFault.Refused(18));
            assertThat(publisher.run(lane())).as("failure %d", failure)
                    .isBetween(Duration.ofSeconds(1),
                            Duration.ofSeconds(5));
            clock.advance(Duration.ofSeconds(5));
        }
    }

    @Test
    void wrongCredentialsStopTheLaneAndAreNotTriedAgain() {
        fleet.enrol(0, 3);
        ClientPublisher publisher = publisher();
        acmp.inside().faults().next("SaveClients", 1, new ReplyFault.Refused(15));

        publisher.run(lane());
        long asked = acmp.inside().commandsReceived("SaveClients");
        clock.advance(Duration.ofMinutes(2));
        publisher.run(lane());

        assertThat(acmp.inside().commandsReceived("SaveClients")).isEqualTo(asked);
        assertThat(status().problem()).contains("acmp.sics.username");
        assertThat(status().parked()).isZero();
    }

    @Test
    void aSessionThatIsNoLongerValidIsRenewed() {
        fleet.enrol(0, 3);
        acmp.inside().faults().next("SaveClients", 1, new ReplyFault.Refused(7));

        publish();

        assertThat(status().acknowledged()).isEqualTo(3);
    }

    @Test
    void whatAcmpHasLostIsCreatedAgainAndWhatItHadBeforeIsLookedUpAgain() {
        String linked = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        fleet.enrol(0, 4);
        publish();
        acmp.inside().deleteClient(linked);
        acmp.inside().deleteClient(fleet.acmpId(2));
        String newer = acmp.inside().putClient(Map.of("ComputerName", "PHONE-1", "ComputerDomain", "example.com"));
        fleet.comply(0, 4, "noncompliant");

        publish();

        assertThat(acmp.inside().clientIds()).containsExactlyInAnyOrder(fleet.acmpId(0), newer, fleet.acmpId(2),
                fleet.acmpId(3));
        assertThat(acmp.inside().timesSaved(newer)).isZero();
        assertThat(acmp.inside().mobileDevice(newer).orElseThrow()).containsEntry("ComplianceState", "noncompliant");
        assertThat(status().acknowledged()).isEqualTo(4);
        assertThat(runs.page(workflow, null, null, 10)).hasSize(2);
    }

    @Test
    void asManyClientsAreCreatedAsThereAreLicencesAndTheRestIsParkedWithoutAskingForEach() {
        publishing(Publishing.LookUp.NONE, Publishing.Apply.AUTOMATIC, null, 100_000);
        acmp.inside().refusals().licence(70);
        fleet.enrol(0, 1_000);

        publish();

        assertThat(acmp.inside().clientCount()).isEqualTo(70);
        assertThat(acmp.inside().commandsReceived("SaveClients")).isLessThan(25);
        assertThat(status().parked()).isEqualTo(930);
        assertThat(parked.page(workflow, "no acmp licence", null, 1000)).hasSize(930).allSatisfy(client -> {
            assertThat(client.code()).isEqualTo(32);
            assertThat(client.reason()).startsWith("No ACMP licence");
            assertThat(client.request()).isNull();
        });

        acmp.inside().refusals().clear();
        assertThat(parked.retry(workflow, null, 32, ADA)).isEqualTo(930);
        publish();
        assertThat(status().acknowledged()).isEqualTo(1_000);
        assertThat(status().parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 35, 4711})
    void aRecordThatIsRefusedIsParkedWithItsRequest(int code) {
        acmp.inside().refusals().refuse("SaveMobileDevices", "DeviceName", Pattern.compile("PHONE-13"), code);
        fleet.enrol(0, 40);

        publish();

        assertThat(status().acknowledged()).isEqualTo(39);
        assertThat(parked.page(workflow, null, null, 10)).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(fleet.clientId(13));
            assertThat(client.code()).isEqualTo(code);
            assertThat(client.since()).isEqualTo(clock.instant());
            assertThat(client.request()).contains("<SaveMobileDevices", "PHONE-13").doesNotContain("PHONE-14");
        });
        long before = writes();
        clock.advance(Duration.ofMinutes(2));
        publish();
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    void aParkedClientIsSentAgainWhenAPersonWantsItOrItChanges() {
        acmp.inside().refusals().refuse("SaveClients", "ComputerName", Pattern.compile("PHONE-[12]"), 35);
        fleet.enrol(0, 4);
        publish();
        assertThat(parked.page(workflow, null, null, 10)).hasSize(2);
        assertThat(parked.page(workflow, null, new ParkedClients.Position(fleet.clientId(1), Publishers.SERVER), 10))
                .hasSize(1);

        fleet.rename(2, 3, "ACCEPTABLE-");
        publish();
        assertThat(parked.page(workflow, null, null, 10)).hasSize(1);

        acmp.inside().refusals().clear();
        assertThat(parked.retry(workflow, List.of(fleet.clientId(1)), null, ADA)).isEqualTo(1);
        publish();
        assertThat(parked.page(workflow, null, null, 10)).isEmpty();
        assertThat(status().acknowledged()).isEqualTo(4);
    }

    @Test
    void aLookUpThatIsRefusedForOneClientParksThatOne() {
        acmp.inside().faults().next("GetClientId", 1, new ReplyFault.Refused(35));
        fleet.enrol(0, 5);

        publish();

        assertThat(status().acknowledged()).isEqualTo(4);
        assertThat(parked.page(workflow, null, null, 10)).singleElement()
                .satisfies(
                        client -> assertThat(client.reason()).startsWith("ACMP refused to look up the client."));
    }

    @Test
    void aLookUpWithoutAnswerCreatesNothing() {
        acmp.inside().faults().next("GetClientId", 3, new ReplyFault.Refused(19));
        fleet.enrol(0, 5);
        ClientPublisher publisher = publisher();

        Duration pause = publisher.run(lane());

        assertThat(writes()).isZero();
        clock.advance(pause);
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(5);
    }

    // ---- what the server's commands are

    @Test
    void aServerIsAskedForItsCommandsOnceAnHour() {
        ClientPublisher publisher = publisher();
        publisher.run(lane());
        clock.advance(Duration.ofMinutes(30));
        publisher.run(lane());
        assertThat(acmp.inside().commandsReceived("GetCommandVersions")).isEqualTo(1);
        assertThat(status().schemaAsOf()).isEqualTo(clock.instant().minus(Duration.ofMinutes(30)));

        clock.advance(Duration.ofMinutes(31));
        publisher.run(lane());
        assertThat(acmp.inside().commandsReceived("GetCommandVersions")).isEqualTo(2);
        assertThat(status().schemaAsOf()).isEqualTo(clock.instant());
    }

    @Test
    void whatAServerLastSaidServesWhileItCannotBeAsked() {
        imported(2);
        fleet.rename(0, 1, "RENAMED-");
        acmp.inside().faults().next("GetCommandVersions", 1, new ReplyFault.Refused(19));

        ClientPublisher publisher = publisher();
        publisher.run(lane());

        assertThat(acmp.inside().client(fleet.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RENAMED-0");
        assertThat(status()).satisfies(status -> {
            assertThat(status.schemaProblem()).contains("result code 19");
            assertThat(status.schemaProblemSince()).isEqualTo(clock.instant());
            assertThat(status.schemaAsOf()).isEqualTo(clock.instant().minus(Duration.ofHours(2)));
            assertThat(status.problem()).isNull();
        });
        assertThat(new AcmpServersHealth(publications).health().getDetails()).containsEntry("condition", "degraded");

        clock.advance(Duration.ofMinutes(6));
        publisher.run(lane());
        assertThat(status().schemaProblem()).isNull();
        assertThat(new AcmpServersHealth(publications).health().getDetails()).containsEntry("condition", "ok");
    }

    @Test
    void aServerThatNeverSaidAnythingIsToldNothing() {
        fleet.enrol(0, 1);
        acmp.inside().faults().next("GetCommandVersions", 1, new ReplyFault.Refused(19));

        publisher().run(lane());

        assertThat(writes()).isZero();
        assertThat(status().problem()).contains("result code 19");
    }

    @Test
    void aMappingThatTheServerDoesNotTakeStopsPublishingAndParksNobody() {
        Mapping wrong = MappingFile.read("own.yml",
                Mappings.standardText().replace("  ComputerName:", "  ComputerNam:"));
        Mapping[] current = {wrong};
        ClientPublisher publisher = new Publishers(database, clock, () -> current[0]).publisher(workflow, acmp);
        fleet.enrol(0, 3);

        publisher.run(lane());

        assertThat(writes()).isZero();
        assertThat(status()).satisfies(status -> {
            assertThat(status.problem()).contains("acmp.servers.ACMP-1", "own.yml, line ", "has no field ComputerNam",
                    "Rename it to ComputerName");
            assertThat(status.parked()).isZero();
        });

        current[0] = Mappings.standard();
        clock.advance(Duration.ofMinutes(1));
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(3);
        assertThat(status().problem()).isNull();
    }

    @Test
    void recordsAreSentInTheVersionThatTheMappingFits() {
        acmp.inside().offer(CommandVersions.parse("SaveClients:1,2,3;SaveMobileDevices:2"));
        fleet.enrol(0, 2);

        publish();

        assertThat(status().acknowledged()).isEqualTo(2);
        assertThat(status().parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetClientId", "DeleteClients"})
    void aCommandThatIsNeededAndMissingIsToldWithTheKey(String command) {
        publishing(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        acmp.inside().offer(CommandVersions.parse(command + ":"));
        fleet.enrol(0, 2);

        publisher().run(lane());

        assertThat(status().problem()).contains("has no " + command + " version 1", "acmp.workflows.");
        assertThat(writes()).isZero();
    }

    // ----

    private void imported(int count) {
        fleet.enrol(0, count);
        publish();
        assertThat(status().acknowledged()).isEqualTo(count);
        clock.advance(Duration.ofHours(2));
    }

    private void publish() {
        run(workflow);
    }

    private void run(Workflow of) {
        assertThat(publishers.publisher(of, acmp).run(lane())).isEqualTo(IDLE);
    }

    private ClientPublisher publisher() {
        return publishers.publisher(workflow, acmp);
    }

    private LaneRun lane() {
        return database.run("publish-clients", 2_000);
    }

    private void publishing(Publishing.LookUp lookUp, Publishing.Apply apply, @Nullable Duration delete,
            int createAtMost) {
        workflow = TestWorkflows.with(workflow, new Publishing(200, lookUp, 3, apply, delete, createAtMost,
                Duration.ZERO));
    }

    private Plans.ServerPlan plan() {
        return plans.preview(workflow, Publishers.SERVER, Set.of(), null, 1_000);
    }

    private Publications.ServerStatus status() {
        return publications.statuses(TestWorkflows.NAME, List.of(Publishers.SERVER)).getFirst();
    }

    private Holds.Hold waiting() {
        return holds.list(workflow, 10)
                .stream()
                .filter(hold -> hold.state() == Holds.State.WAITING)
                .findFirst()
                .orElseThrow();
    }

    private Runs.Run lastRun() {
        return runs.page(workflow, null, null, 1).getFirst();
    }

    private long removedInAcmp() {
        return acmp.inside()
                .mobileDevices()
                .values()
                .stream()
                .filter(device -> "removed".equals(device.get("RecordState")))
                .count();
    }

    private long writes() {
        return WRITES.stream().mapToLong(acmp.inside()::commandsReceived).sum();
    }

    private long commands() {
        return acmp.inside().traffic().values().stream().mapToLong(traffic -> traffic.messages()).sum();
    }

    private Map<String, Integer> origins() {
        Map<String, Integer> origins = new HashMap<>();
        database.jdbc()
                .sql("select origin, count(*) from acknowledgement group by origin")
                .query(row -> {
                    origins.put(String.valueOf(row.getString(1)), row.getInt(2));
                });
        return origins;
    }

    private static Map<String, Integer> names(Map<PlanKind, Integer> counts) {
        Map<String, Integer> names = new HashMap<>();
        counts.forEach((kind, count) -> names.put(kind.name(), count));
        return names;
    }

    /** Every row of every table that publication has to do with. */
    private Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        for (String table : List.of("workflow", "client", "device", "acknowledgement", "publication", "run", "hold",
                "held_client", "guard_count", "command_schema", "lane")) {
            tables.put(table, database.jdbc()
                    .sql("select coalesce(string_agg(t::text, ' ' order by t::text), '') from " + table + " t")
                    .query(String.class)
                    .single());
        }
        return tables;
    }
}
