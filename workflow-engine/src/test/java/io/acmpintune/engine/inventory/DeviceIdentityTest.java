package io.acmpintune.engine.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.TestClients;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.matching.ClientIds;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/** Which client a device is, from the connector's feed into PostgreSQL, and what an operator decides about it. */
class DeviceIdentityTest {

    private static final String WORKFLOW = TestWorkflows.NAME;
    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final Workflow OF_TEST = TestWorkflows.workflow(CONNECTOR.address(), 200);
    private static final String MONDAY = "2026-11-02T08:00:00Z";
    private static final String TUESDAY = "2026-11-03T08:00:00Z";
    private static final String WEDNESDAY = "2026-11-04T08:00:00Z";
    private static final String THURSDAY = "2026-11-05T08:00:00Z";

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final Pulling pulling = new Pulling(database, clock);
    private final Mapping mapping = Mappings.standard();
    private final DeviceMatches devices = new DeviceMatches(
            database.jdbc(), new DecisionRepository(database.jdbc()), JsonMapper.shared());
    private long revision;

    @BeforeEach
    void forget() {
        CONNECTOR.reset();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    // ---- enrolled again

    @Test
    void aDeviceThatIsEnrolledAgainStaysItsClient() {
        report(present("old", "PHONE", "C02XK0", MONDAY, TUESDAY));
        report(removed("old"));
        assertThat(client("old").removed()).isTrue();

        report(present("new", "PHONE", "C02XK0", WEDNESDAY, WEDNESDAY));

        assertThat(all()).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(derived("old"));
            assertThat(client.device()).isEqualTo("new");
            assertThat(client.removed()).isFalse();
        });
        assertThat(shown("new").explanation()).contains("Serial number C02XK0 of APPLE", "old left Intune on");
        assertThat(shown("new").history()).extracting(DeviceMatches.LinkPeriod::device,
                held -> held.until() == null).containsExactlyInAnyOrder(tuple("old", false), tuple("new", true));
        assertThat(shown("old").state()).isEqualTo("superseded");
    }

    @Test
    void theOldRecordMayLinger() {
        report(present("old", "PHONE", "C02XK0", MONDAY, TUESDAY));
        report(present("new", "PHONE", "C02XK0", WEDNESDAY, WEDNESDAY));

        assertThat(client("new").clientId()).isEqualTo(derived("old"));
        report(present("old", "PHONE", "C02XK0", MONDAY, TUESDAY));
        report(removed("old"));
        assertThat(all()).singleElement().satisfies(client -> {
            assertThat(client.device()).isEqualTo("new");
            assertThat(client.removed()).isFalse();
        });
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void bothRecordsMayComeOnOnePageInAnyOrder() {
        report(present("new", "PHONE", "C02XK0", WEDNESDAY, WEDNESDAY),
                present("old", "PHONE", "C02XK0", MONDAY, TUESDAY),
                present("newest", "PHONE", "C02XK0", THURSDAY, THURSDAY));

        assertThat(all()).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(derived("new"));
            assertThat(client.device()).isEqualTo("newest");
        });
    }

    @Test
    void anOldRecordThatComesToLifeIsAConflictAndTheClientStays() {
        report(present("old", "PHONE", "C02XK0", MONDAY, TUESDAY));
        report(present("new", "PHONE", "C02XK0", WEDNESDAY, WEDNESDAY));

        report(present("old", "PHONE", "C02XK0", MONDAY, THURSDAY));

        assertThat(client("new").clientId()).isEqualTo(derived("old"));
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.device().device()).isEqualTo("old");
            assertThat(conflict.explanation()).contains("there are two");
        });
    }

    @Test
    void swappedNamesChangeNoClient() {
        report(present("one", "A", null, MONDAY, MONDAY), present("two", "B", null, MONDAY, MONDAY));

        report(present("one", "B", null, MONDAY, TUESDAY), present("two", "A", null, MONDAY, TUESDAY));

        assertThat(all()).extracting(ClientSearch.Row::clientId, ClientSearch.Row::device, ClientSearch.Row::name)
                .containsExactlyInAnyOrder(tuple(derived("one"), "one", "B"), tuple(derived("two"), "two", "A"));
    }

    // ---- conflicts

    @Test
    void twoThatAreBothThereAreAConflictThatIsShownWithBoth() {
        conflict();

        assertThat(all()).extracting(ClientSearch.Row::device).containsExactly("one");
        assertThat(conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.device().device()).isEqualTo("two");
            assertThat(conflict.device().serialNumber()).isEqualTo("C02XK0");
            assertThat(conflict.rule()).isEqualTo("serial-number");
            assertThat(conflict.since()).isEqualTo(clock.instant());
            assertThat(conflict.candidates()).singleElement().satisfies(candidate -> {
                assertThat(candidate.clientId()).isEqualTo(derived("one"));
                assertThat(candidate.name()).isEqualTo("A");
                assertThat(candidate.holder()).isNotNull().satisfies(holder -> {
                    assertThat(holder.device()).isEqualTo("one");
                    assertThat(holder.serialNumber()).isEqualTo("C02XK0");
                    assertThat(holder.lastSync()).isEqualTo(THURSDAY);
                });
            });
        });
        assertThat(devices.conflicts(OF_TEST, "two", 10)).isEmpty();
    }

    @Test
    void aConflictEndsWhenTheOtherDeviceLeaves() {
        conflict();

        report(removed("one"));

        assertThat(conflicts()).isEmpty();
        assertThat(all()).singleElement().satisfies(client -> {
            assertThat(client.clientId()).isEqualTo(derived("one"));
            assertThat(client.device()).isEqualTo("two");
            assertThat(client.name()).isEqualTo("B");
            assertThat(client.removed()).isFalse();
        });
    }

    @Test
    void aConflictEndsWhenTheDeviceLeaves() {
        conflict();

        report(removed("two"));

        assertThat(conflicts()).isEmpty();
        assertThat(client("one").removed()).isFalse();
    }

    // ---- decisions

    @Test
    void aSplitMakesAClientAtOnceAndForGood() {
        conflict();

        decide("two", "split", null);

        assertThat(database.jdbc().sql("""
                select actor || ' for ' || on_behalf_of || ': ' || (before ->> 'state') || ' to '
                    || (after ->> 'state') from audit_entry order by seq desc limit 1
                """).query(String.class).single()).isEqualTo("token:api for anna: CONFLICT to LINKED");
        assertThat(client("two").clientId()).isEqualTo(derived("two"));
        assertThat(client("one").clientId()).isEqualTo(derived("one"));
        assertThat(shown("two").decision()).isNotNull()
                .satisfies(decided -> assertThat(decided.decidedBy()).isEqualTo("anna"));
        report(present("two", "B", "C02XK0", MONDAY, THURSDAY), present("one", "A", "C02XK0", MONDAY, THURSDAY));
        assertThat(all()).extracting(ClientSearch.Row::device).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void anUndoneSplitIsTheConflictAgainAndItsClientIsMarked() {
        conflict();
        decide("two", "split", null);

        decide("two", "undo", null);

        assertThat(conflicts()).extracting(conflict -> conflict.device().device()).containsExactly("two");
        assertThat(all()).filteredOn(client -> client.clientId().equals(derived("two")))
                .singleElement()
                .satisfies(client -> assertThat(client.removed()).isTrue());
        decide("two", "split", null);
        assertThat(client("two").removed()).isFalse();
    }

    @Test
    void aPinToAClientWhoseDeviceIsInIntuneIsRefusedAndChangesNothing() {
        conflict();

        Problem problem = refused("two", "pin", derived("one"));

        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.kind()).isEqualTo(ProblemKind.CLIENT_TAKEN);
        assertThat(problem.detail()).contains("device one is that client");
        assertThat(problem.remedy()).contains("split or ignore");
        assertThat(shown("two").decision()).isNull();
        assertThat(conflicts()).hasSize(1);
    }

    @Test
    void aPinCountsOnceTheOtherDeviceIsIgnored() {
        conflict();
        decide("one", "ignore", null);
        assertThat(shown("one").state()).isEqualTo("ignored");
        assertThat(shown("one").clientId()).isNull();

        decide("two", "pin", derived("one"));

        assertThat(client("two").clientId()).isEqualTo(derived("one"));
        assertThat(client("two").name()).isEqualTo("B");
        assertThat(client("two").removed()).isFalse();
    }

    @Test
    void aPinInsteadOfAnotherDeviceCountsForBothOrForNone() {
        conflict();
        DeviceDecisions decisions = pulling.decisions(workflow(), mapping);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decisions.pinInstead(WORKFLOW,
                new DeviceId("two"), new DeviceId("one"), UUID.randomUUID().toString(), "user:olga"));
        assertThat(shown("one").state()).isEqualTo("linked");

        decisions.pinInstead(WORKFLOW, new DeviceId("two"), new DeviceId("one"), derived("one").toString(),
                "user:olga");
        assertThat(shown("one").state()).isEqualTo("ignored");
        assertThat(shown("two").clientId()).isEqualTo(derived("one"));
    }

    @Test
    void aPinOverridesTheOwnLinkAndTheOldClientIsMarked() {
        report(present("one", "A", null, MONDAY, MONDAY), present("two", "B", null, MONDAY, MONDAY));
        report(removed("one"));

        decide("two", "pin", derived("one"));

        assertThat(client("two").clientId()).isEqualTo(derived("one"));
        assertThat(all()).filteredOn(client -> client.clientId().equals(derived("two")))
                .singleElement()
                .satisfies(client -> assertThat(client.removed()).isTrue());
        report(present("two", "C", null, MONDAY, TUESDAY));
        assertThat(client("two").name()).isEqualTo("C");
    }

    @Test
    void aSplitOfADeviceThatTookAClientGivesItBack() {
        report(present("old", "PHONE", "C02XK0", MONDAY, TUESDAY));
        report(present("new", "PHONE", "C02XK0", WEDNESDAY, WEDNESDAY));

        decide("new", "split", null);

        assertThat(client("old").clientId()).isEqualTo(derived("old"));
        assertThat(client("new").clientId()).isEqualTo(derived("new"));
        assertThat(all()).allSatisfy(client -> assertThat(client.removed()).isFalse());
    }

    @Test
    void anIgnoredDeviceIsNoClientUntilThatIsUndone() {
        report(present("one", "A", null, MONDAY, MONDAY));

        decide("one", "ignore", null);
        report(present("one", "A", null, MONDAY, TUESDAY));
        assertThat(all()).singleElement().satisfies(client -> assertThat(client.removed()).isTrue());

        decide("one", "undo", null);
        assertThat(client("one").clientId()).isEqualTo(derived("one"));
        assertThat(client("one").removed()).isFalse();
    }

    @Test
    void eachDecisionIsCountedForPublishing() {
        conflict();

        decide("two", "split", null);
        decide("two", "undo", null);

        assertThat(database.jdbc()
                .sql("select decisions from workflow where name = :name")
                .param("name", WORKFLOW)
                .query(Integer.class)
                .single()).isEqualTo(2);
    }

    @Test
    void wrongDecisionsAreRefusedWithEveryReason() {
        conflict();

        assertThat(refused("two", "merge", derived("one")).errors()).extracting(Problem.FieldError::field)
                .containsExactly("clientId", "verdict");
        assertThat(refused("two", "pin", null).errors()).extracting(Problem.FieldError::field)
                .containsExactly("clientId");
        assertThat(refused("two", "pin", new UUID(9, 9)).errors()).extracting(Problem.FieldError::reason)
                .first()
                .asString()
                .contains("is no client of this workflow");
        assertThat(refused("two", "undo", null).kind()).isEqualTo(ProblemKind.NOTHING_DECIDED);
        assertThat(refused("three", "split", null).kind()).isEqualTo(ProblemKind.UNKNOWN_DEVICE);
        report(removed("two"));
        assertThat(refused("two", "split", null).kind()).isEqualTo(ProblemKind.DEVICE_GONE);
    }

    @Test
    void aFullPageOfDevicesThatAreEnrolledAgainIsOneTransaction() {
        report(thousand("first-", MONDAY, TUESDAY));

        report(thousand("again-", WEDNESDAY, WEDNESDAY));

        assertThat(TestClients.all(database.jdbc())).hasSize(1_000)
                .allSatisfy(client -> assertThat(client.device()).startsWith("again-"));
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void whatNoDatabaseTextHoldsIsShownAllTheSame() {
        report(present("one", "A\\u0000A", "C02\\u0000XK0", MONDAY, THURSDAY));
        report(present("two", "B\\u0000B", "C02\\u0000XK0", MONDAY, THURSDAY));

        assertThat(conflicts()).singleElement()
                .satisfies(conflict -> assertThat(conflict.device().name()).isEqualTo("B\uFFFDB"));
    }

    // ----

    private static List<DeviceChange> thousand(String prefix, String enrolled, String synced) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> present(prefix + i, "P" + i, "SERIAL-" + i, enrolled, synced))
                .toList();
    }

    private void conflict() {
        report(present("one", "A", "C02XK0", MONDAY, THURSDAY));
        report(present("two", "B", "C02XK0", MONDAY, THURSDAY));
    }

    private void report(DeviceChange... changes) {
        report(Arrays.asList(changes));
    }

    private void report(List<DeviceChange> changes) {
        CONNECTOR.reset();
        CONNECTOR.devices(ConnectorStub.FEED, revision, revision + changes.size(), changes);
        revision += changes.size();
        CONNECTOR.devices(ConnectorStub.FEED, revision, revision, List.of());
        pulling.pull(workflow(), mapping);
    }

    private static DeviceChange present(String id, String name, @Nullable String serial, String enrolled,
            String synced) {
        Device device = Devices.of("""
                {"id":"%s","deviceName":"%s","manufacturer":"Apple","model":"iPhone 15","operatingSystem":"iOS",
                 "serialNumber":%s,"enrolledDateTime":"%s","lastSyncDateTime":"%s"}
                """.formatted(id, name, serial == null ? null : '"' + serial + '"', enrolled, synced));
        return new DeviceChange.Present(1, device);
    }

    private static DeviceChange removed(String id) {
        return new DeviceChange.Removed(1, new DeviceId(id));
    }

    private void decide(String device, String verdict, @Nullable UUID client) {
        pulling.decide(workflow(), mapping, device,
                new DecisionRequest(verdict, client == null ? null : client.toString(), "anna"));
    }

    private Problem refused(String device, String verdict, @Nullable UUID client) {
        return assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decide(device, verdict, client))
                .actual()
                .problem();
    }

    private List<ClientSearch.Row> all() {
        return TestClients.all(database.jdbc());
    }

    /** The client that the device is. */
    private ClientSearch.Row client(String device) {
        UUID id = shown(device).clientId();
        return all().stream().filter(client -> client.clientId().equals(id)).findFirst().orElseThrow();
    }

    private List<DeviceMatches.Conflict> conflicts() {
        return devices.conflicts(OF_TEST, null, 100);
    }

    private DeviceMatches.DeviceMatch shown(String device) {
        return devices.find(OF_TEST, new DeviceId(device)).orElseThrow();
    }

    private static UUID derived(String device) {
        return ClientIds.derive(Devices.TENANT, new DeviceId(device));
    }

    private static Workflow workflow() {
        return TestWorkflows.workflow(CONNECTOR.address(), 200);
    }
}
