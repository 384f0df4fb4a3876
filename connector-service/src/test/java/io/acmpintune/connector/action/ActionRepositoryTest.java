package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionEvent;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.ActionStop;
import io.acmpintune.model.action.Approval;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ActionRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final ActionCommand SYNC = new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId("d-1"),
            "ACME\\anna 📱");
    private static final ActionCommand LOCK = new ActionCommand(ActionKind.REMOTE_LOCK, new DeviceId("d-1"), "anna");
    private static final Problem PROBLEM = Problem.of(ProblemKind.DEVICE_FAILED, "said so", "Nothing.");

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final ActionRepository actions = new ActionRepository(database.jdbc(), JsonMapper.shared());

    @Test
    void aNewActionIsQueuedAndDueAtOnce() {
        DeviceAction added = added("key-1");

        assertThat(added.state()).isEqualTo(ActionState.QUEUED);
        assertThat(added.command()).isEqualTo(SYNC);
        assertThat(added.requestedAt()).isEqualTo(NOW);
        assertThat(added.sentAt()).isNull();
        assertThat(added.revision()).isEqualTo(1);
        assertThat(actions.queued(CONNECTOR, NOW, 20)).extracting(StoredAction::action)
                .containsExactly(added);
        assertThat(history(added)).containsExactly("null -> QUEUED by ACME\\anna 📱: null");
    }

    @Test
    void theSameKeyIsNeverStoredTwice() {
        DeviceAction added = added("key-1");

        assertThatThrownBy(() -> add("key-1")).isInstanceOf(DuplicateKeyException.class);
        assertThat(actions.byKey(CONNECTOR, "key-1")).contains(added);
        assertThat(actions.feed(CONNECTOR).revision()).isEqualTo(1);
        assertThat(history(added)).hasSize(1);
    }

    @Test
    void everyMoveGetsARevisionAndALineOfHistory() {
        DeviceAction queued = added("key-1");
        added("key-2");
        take(queued, Transition.to(ActionState.SENDING), NOW.plusSeconds(1));
        take(byKey("key-1"),
                Transition.to(ActionState.ACCEPTED)
                        .acceptedAt(NOW)
                        .after(Duration.ofSeconds(5))
                        .withNote("r-1")
                        .request("id-1"),
                NOW.plusSeconds(2));
        take(byKey("key-1"), Transition.to(ActionState.FAILED).because(PROBLEM), NOW.plusSeconds(9));

        DeviceAction failed = byKey("key-1");
        assertThat(failed.state()).isEqualTo(ActionState.FAILED);
        assertThat(failed.revision()).isEqualTo(5);
        assertThat(failed.sentAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(failed.stateAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(failed.problem()).isEqualTo(PROBLEM);
        assertThat(history(failed)).containsExactly("null -> QUEUED by ACME\\anna 📱: null",
                "QUEUED -> SENDING: null", "SENDING -> ACCEPTED: r-1", "ACCEPTED -> FAILED: said so");
        assertThat(actions.history(failed.id())).extracting(ActionEvent::requestId)
                .containsExactly(null, null, "id-1", null);
        assertThat(actions.changes(CONNECTOR, 0, 10)).extracting(DeviceAction::revision).containsExactly(2L, 5L);
    }

    @Test
    void theTimeOfAcceptanceIsKeptToTheInstantWhateverTheTimeZone() {
        DeviceAction queued = added("key-1");
        take(queued, Transition.to(ActionState.SENDING), NOW);
        take(byKey("key-1"), Transition.to(ActionState.ACCEPTED).acceptedAt(NOW.minusSeconds(1)), NOW);
        take(byKey("key-1"), Transition.to(ActionState.PENDING).countingCheck(), NOW);

        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW, 1)).singleElement().satisfies(stored -> {
            assertThat(stored.acceptedAt()).isEqualTo(NOW.minusSeconds(1));
            assertThat(stored.checks()).isEqualTo(1);
        });
    }

    @Test
    void stayingInAStateOnlyReschedulesAndCountsTheCheck() {
        DeviceAction pending = pending("key-1");
        long revision = actions.feed(CONNECTOR).revision();

        take(pending, Transition.to(ActionState.PENDING).after(Duration.ofSeconds(40)).countingCheck(),
                NOW.plusSeconds(20));

        assertThat(byKey("key-1")).isEqualTo(pending);
        assertThat(actions.feed(CONNECTOR).revision()).isEqualTo(revision);
        assertThat(history(pending)).hasSize(4);
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW.plusSeconds(59), 1)).isEmpty();
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW.plusSeconds(60), 1)).singleElement()
                .satisfies(stored -> assertThat(stored.checks()).isEqualTo(2));
    }

    @Test
    void aTransitionFromAnOutdatedStateIsRejectedAndChangesNothing() {
        DeviceAction queued = added("key-1");
        take(queued, Transition.to(ActionState.SENDING), NOW);

        assertThatThrownBy(() -> take(queued, Transition.to(ActionState.SENDING), NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no longer queued");
        assertThat(history(queued)).hasSize(2);
    }

    @Test
    void aTransitionThatIsNotInTheTableIsRejected() {
        DeviceAction queued = added("key-1");

        assertThatThrownBy(() -> take(queued, Transition.to(ActionState.DONE), NOW))
                .hasMessageContaining("queued to done");
        assertThat(byKey("key-1")).isEqualTo(queued);
    }

    @Test
    void dueAreThoseOfTheStatesWhoseTimeHasComeTheLongestDueFirst() {
        pending("later");
        added("first");
        add("second", SYNC, NOW.plusSeconds(1));
        add("future", SYNC, NOW.plusSeconds(100));

        assertThat(actions.queued(CONNECTOR, NOW.plusSeconds(2), 20))
                .extracting(stored -> stored.action().id())
                .containsExactly(byKey("first").id(), byKey("second").id());
        assertThat(actions.queued(CONNECTOR, NOW.plusSeconds(2), 1)).hasSize(1);
        assertThat(actions.in(CONNECTOR, ActionState.QUEUED)).hasSize(3);
        assertThat(actions.queued("nobody", NOW.plusSeconds(2), 1)).isEmpty();
    }

    @Test
    void theQueueIsReadInItsOrderHoweverLongItIs() {
        add("lock", LOCK, NOW.plusSeconds(1));
        database.jdbc()
                .sql("""
                        insert into device_action (id, connector, idempotency_key, command, device, kind, impact, state, revision,
                            requested_at, expires_at, state_at, due_at)
                        select gen_random_uuid(), connector, 'many-' || i, command, 'device-' || i, 'SYNC_DEVICE', 'HARMLESS', state,
                            100 + i, requested_at, expires_at, state_at, due_at - interval '1 hour'
                        from device_action, generate_series(1, 15000) i where idempotency_key = 'lock'
                        """)
                .update();
        database.jdbc().sql("analyze device_action").update();

        database.transactions().executeWithoutResult(_ -> {
            long before = rowsRead();
            assertThat(actions.queued(CONNECTOR, NOW.plusSeconds(2), 20)).hasSize(20)
                    .first()
                    .extracting(stored -> stored.action().id())
                    .isEqualTo(byKey("lock").id());
            assertThat(rowsRead() - before).isLessThan(100);
        });
    }

    private long rowsRead() {
        return database.jdbc().sql("""
                select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'device_action'
                """).query(Long.class).single();
    }

    @Test
    void aLockGoesBeforeAnySynchronizationThatIsDueForLonger() {
        added("sync");
        add("lock", LOCK, NOW.plusSeconds(5));

        assertThat(actions.queued(CONNECTOR, NOW.plusSeconds(9), 1)).singleElement()
                .extracting(StoredAction::action)
                .isEqualTo(byKey("lock"));
    }

    @Test
    void anotherConnectorDoesNotFindTheAction() {
        DeviceAction added = added("key-1");

        assertThat(actions.find(CONNECTOR, added.id())).contains(added);
        assertThat(actions.find("IntuneConnector_2", added.id())).isEmpty();
    }

    @Test
    void anUnsentActionIsOverdueFromItsLastMomentOnEvenIfIntuneHasApprovedIt() {
        DeviceAction added = added("key-1");
        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)).minusMillis(1), 20)).isEmpty();
        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)), 20)).hasSize(1);

        take(added, Transition.to(ActionState.SENDING), NOW);
        take(byKey("key-1"), Transition.to(ActionState.AWAITING_APPROVAL)
                .awaiting(new Approval("c-1", NOW.plus(Duration.ofDays(3)))), NOW);
        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)), 20)).hasSize(1);
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.AWAITING_APPROVAL), NOW.plus(Duration.ofDays(1)), 20))
                .isEmpty();
        take(byKey("key-1"), Transition.to(ActionState.SENDING), NOW);
        take(byKey("key-1"), Transition.to(ActionState.QUEUED).because(PROBLEM), NOW);

        assertThat(byKey("key-1").approval()).isEqualTo(new Approval("c-1", NOW.plus(Duration.ofDays(3))));
        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)), 20)).hasSize(1);
        assertThat(actions.queued(CONNECTOR, NOW.plus(Duration.ofDays(1)), 20)).isEmpty();
    }

    @Test
    void anOverdueActionIsNotDueHoweverManyOthersAreOverdueWithIt() {
        DeviceAction late = lock("late");
        Instant end = NOW.plus(Duration.ofDays(1));

        assertThat(actions.queued(CONNECTOR, end.minusMillis(1), 20)).hasSize(1);
        assertThat(actions.queued(CONNECTOR, end, 20)).isEmpty();

        take(late, Transition.to(ActionState.SENDING), NOW);
        take(byKey("late"), Transition.to(ActionState.UNCERTAIN), NOW);
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.UNCERTAIN), end, 20)).as("its device is looked at still")
                .hasSize(1);
    }

    @Test
    void whatIsSentAgainAfterADoubtIsTooLateWhenItWouldHaveBeenBefore() {
        take(added("sync"), Transition.to(ActionState.SENDING), NOW);
        take(byKey("sync"), Transition.to(ActionState.UNCERTAIN), NOW);
        take(byKey("sync"), Transition.to(ActionState.QUEUED), NOW.plusSeconds(60));

        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)).minusMillis(1), 20)).isEmpty();
        assertThat(actions.overdue(CONNECTOR, NOW.plus(Duration.ofDays(1)), 20)).hasSize(1);
    }

    @Test
    void anActionIsUnderWayUntilItsEnd() {
        DeviceAction lock = lock("lock-1");
        assertThat(underWay()).contains(lock);

        take(lock, Transition.to(ActionState.SENDING), NOW);
        take(byKey("lock-1"), Transition.to(ActionState.UNCERTAIN), NOW);
        take(byKey("lock-1"), Transition.to(ActionState.NEEDS_DECISION), NOW);
        assertThat(underWay()).map(DeviceAction::id).contains(lock.id());

        take(byKey("lock-1"), Transition.to(ActionState.CANCELLED), NOW);
        assertThat(underWay()).isEmpty();
    }

    @Test
    void whatWasSentCountsTowardsTheDayAndWhatNeverLeftDoesNot() {
        DeviceAction first = lock("lock-1");
        DeviceAction second = lock("lock-2");
        lock("lock-3");
        take(first, Transition.to(ActionState.CANCELLED), NOW);
        take(second, Transition.to(ActionState.SENDING), NOW.plusSeconds(5));
        take(byKey("lock-2"), Transition.to(ActionState.REFUSED).because(PROBLEM), NOW.plusSeconds(6));
        assertThat(sentBefore(1)).contains(NOW);
        assertThat(sentBefore(2)).isEmpty();

        DeviceAction fourth = lock("lock-4");
        take(fourth, Transition.to(ActionState.SENDING), NOW.plusSeconds(9));
        take(byKey("lock-4"), Transition.to(ActionState.ACCEPTED), NOW.plusSeconds(9));
        take(byKey("lock-4"), Transition.to(ActionState.FAILED).because(PROBLEM), NOW.plusSeconds(10));
        assertThat(sentBefore(1)).contains(NOW.plusSeconds(9));
        assertThat(sentBefore(2)).contains(NOW);
        assertThat(actions.nthNewest(List.of(CONNECTOR), ActionKind.REMOTE_LOCK, Impact.DISRUPTIVE, 1,
                NOW.plusSeconds(9))).isEmpty();
    }

    @Test
    void theBeginningOfTheActionBeforeItOnTheDeviceIsKnown() {
        take(lock("lock-1"), Transition.to(ActionState.SENDING), NOW);
        take(byKey("lock-1"), Transition.to(ActionState.ACCEPTED).acceptedAt(NOW.plusSeconds(3)), NOW);
        add("lock-2", LOCK, NOW.plusSeconds(60));

        assertThat(actions.in(CONNECTOR, ActionState.QUEUED)).singleElement()
                .extracting(StoredAction::previousStart)
                .isEqualTo(NOW.plusSeconds(3));
        assertThat(actions.in(CONNECTOR, ActionState.ACCEPTED)).singleElement()
                .extracting(StoredAction::previousStart)
                .isNull();
    }

    @Test
    void anUnlockCodeIsErasedAsSoonAsNothingIsSentAnyMore() {
        database.transactions()
                .executeWithoutResult(_ -> actions.add(CONNECTOR, new ActionRepository.NewAction(
                        UUID.randomUUID(), "wipe", SYNC, Impact.HARMLESS, NOW.plusSeconds(60), "sealed", "digest"),
                        NOW));
        UUID id = byKey("wipe").id();
        take(byKey("wipe"), Transition.to(ActionState.SENDING), NOW);
        assertThat(actions.unlockCode(id)).isEqualTo("sealed");

        take(byKey("wipe"), Transition.to(ActionState.ACCEPTED), NOW);

        assertThat(actions.unlockCode(id)).isNull();
        assertThat(actions.unlockCodeDigest(id)).isEqualTo("digest");
    }

    @Test
    void simultaneousEventsKeepTheirOrderInTheHistory() {
        DeviceAction lock = lock("lock-1");
        take(lock, Transition.to(ActionState.SENDING), NOW);
        take(byKey("lock-1"), Transition.to(ActionState.ACCEPTED), NOW);
        // moves the row behind the others in the table
        database.jdbc().sql("update device_action_history set note = 'x' where to_state = 'QUEUED'").update();

        assertThat(actions.history(lock.id())).extracting(ActionEvent::to)
                .containsExactly(ActionState.QUEUED, ActionState.SENDING, ActionState.ACCEPTED);
    }

    @Test
    void whatWasNotSentIsCancelledByItsOriginAlone() {
        add("ours", SYNC.from("Workflow_1"), NOW);
        add("sent", SYNC.from("Workflow_1"), NOW);
        add("theirs", SYNC.from("Workflow_2"), NOW);
        added("nobodys");
        take(byKey("sent"), Transition.to(ActionState.SENDING), NOW);
        long revision = actions.feed(CONNECTOR).revision();

        assertThat(cancelUnsent("Workflow_1")).isEqualTo(1);

        assertThat(byKey("ours").state()).isEqualTo(ActionState.CANCELLED);
        assertThat(byKey("ours").problem()).isEqualTo(PROBLEM);
        assertThat(history(byKey("ours"))).last().isEqualTo("QUEUED -> CANCELLED by bert: said so");
        assertThat(byKey("sent").state()).isEqualTo(ActionState.SENDING);
        assertThat(byKey("theirs").state()).isEqualTo(ActionState.QUEUED);
        assertThat(actions.changes(CONNECTOR, revision, 10)).containsExactly(byKey("ours"));

        assertThat(cancelUnsent(ActionStop.ALL)).isEqualTo(2);
        assertThat(byKey("nobodys").state()).isEqualTo(ActionState.CANCELLED);
        assertThat(actions.changes(CONNECTOR, revision, 10)).extracting(DeviceAction::revision)
                .containsExactly(revision + 1, revision + 2, revision + 3);
        assertThat(actions.feed(CONNECTOR).revision()).isEqualTo(revision + 3);
    }

    private int cancelUnsent(String origin) {
        return Objects.requireNonNull(database.transactions()
                .execute(_ -> actions.cancelUnsent(CONNECTOR, origin,
                        Transition.to(ActionState.CANCELLED).because(PROBLEM).by("bert"), NOW)));
    }

    @Test
    void aPinIsDisclosedOnceAndTheHistorySaysToWhichPerson() {
        DeviceAction lock = lock("lock-1");

        assertThat(actions.disclosePin(lock, "anna", NOW)).isTrue();
        assertThat(actions.disclosePin(lock, "anna", NOW)).isFalse();
        assertThat(actions.isPinDisclosed(lock.id())).isTrue();
        assertThat(history(lock)).last().isEqualTo("QUEUED -> QUEUED by anna: the unlock PIN was disclosed");
    }

    private DeviceAction lock(String key) {
        add(key, LOCK, NOW);
        return byKey(key);
    }

    private Optional<DeviceAction> underWay() {
        return actions.inProgress(CONNECTOR, new DeviceId("d-1"), ActionKind.REMOTE_LOCK);
    }

    private Optional<Instant> sentBefore(int limit) {
        return actions.nthNewest(List.of(CONNECTOR), ActionKind.REMOTE_LOCK, Impact.DISRUPTIVE, limit,
                NOW.minusSeconds(1));
    }

    private DeviceAction pending(String key) {
        take(added(key), Transition.to(ActionState.SENDING), NOW);
        take(byKey(key), Transition.to(ActionState.ACCEPTED).acceptedAt(NOW), NOW);
        take(byKey(key), Transition.to(ActionState.PENDING).countingCheck(), NOW);
        return byKey(key);
    }

    private void take(DeviceAction action, Transition step, Instant now) {
        database.transactions().executeWithoutResult(_ -> actions.apply(CONNECTOR, action, step, now));
    }

    private DeviceAction added(String key) {
        add(key);
        return byKey(key);
    }

    private void add(String key) {
        add(key, SYNC, NOW);
    }

    private void add(String key, ActionCommand command, Instant now) {
        database.transactions()
                .executeWithoutResult(_ -> actions.add(CONNECTOR, new ActionRepository.NewAction(
                        UUID.randomUUID(), key, command, Impact.DISRUPTIVE, now.plus(Duration.ofDays(1)), null, null),
                        now));
    }

    private DeviceAction byKey(String key) {
        return actions.byKey(CONNECTOR, key).orElseThrow();
    }

    private List<@Nullable String> history(DeviceAction action) {
        return database.jdbc().sql("""
                select coalesce(from_state, 'null') || ' -> ' || to_state || coalesce(' by ' || actor, '') || ': '
                    || coalesce(note, 'null')
                from device_action_history where action = :action order by id
                """).param("action", action.id()).query(String.class).list();
    }
}
