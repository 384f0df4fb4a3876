package io.acmpintune.connector.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ActionRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final ActionCommand SYNC = new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId("d-1"),
            "ACME\\anna 📱");
    private static final Problem PROBLEM = Problem.of("test", "Test", 0, "said so", "Nothing.");

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
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.QUEUED), NOW, 20)).extracting(StoredAction::action)
                .containsExactly(added);
        assertThat(history(added)).containsExactly("null -> QUEUED: requested by ACME\\anna 📱");
    }

    @Test
    void theSameKeyAddsNothing() {
        DeviceAction added = added("key-1");

        assertThat(add("key-1")).isFalse();
        assertThat(actions.byKey(CONNECTOR, "key-1")).contains(added);
        assertThat(actions.feed(CONNECTOR).revision()).isEqualTo(1);
        assertThat(history(added)).hasSize(1);
    }

    @Test
    void fiftyAtOnceWithOneKeyMakeOneActionAndOneLineOfHistory() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 50)
                    .mapToObj(_ -> threads.submit(() -> add("key-1")))
                    .toList();
            int won = 0;
            for (Future<Boolean> answer : answers) {
                won += answer.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(actions.changes(CONNECTOR, 0, 100)).hasSize(1);
        assertThat(history(byKey("key-1"))).hasSize(1);
        assertThat(actions.feed(CONNECTOR).revision()).as("a losing request uses up no revision")
                .isEqualTo(actions.changes(CONNECTOR, 0, 100).getLast().revision());
    }

    @Test
    void everyMoveGetsARevisionAndALineOfHistory() {
        DeviceAction queued = added("key-1");
        added("key-2");
        take(queued, Step.to(ActionState.SENDING), NOW.plusSeconds(1));
        take(byKey("key-1"), Step.to(ActionState.ACCEPTED).acceptedAt(NOW).after(Duration.ofSeconds(5)).noting("r-1"),
                NOW.plusSeconds(2));
        take(byKey("key-1"), Step.to(ActionState.FAILED).because(PROBLEM), NOW.plusSeconds(9));

        DeviceAction failed = byKey("key-1");
        assertThat(failed.state()).isEqualTo(ActionState.FAILED);
        assertThat(failed.revision()).isEqualTo(5);
        assertThat(failed.sentAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(failed.stateAt()).isEqualTo(NOW.plusSeconds(9));
        assertThat(failed.problem()).isEqualTo(PROBLEM);
        assertThat(history(failed)).containsExactly("null -> QUEUED: requested by ACME\\anna 📱",
                "QUEUED -> SENDING: null", "SENDING -> ACCEPTED: r-1", "ACCEPTED -> FAILED: said so");
        assertThat(actions.changes(CONNECTOR, 0, 10)).extracting(DeviceAction::revision).containsExactly(2L, 5L);
    }

    @Test
    void theTimeOfAcceptanceIsKeptToTheInstantWhateverTheTimeZone() {
        DeviceAction queued = added("key-1");
        take(queued, Step.to(ActionState.SENDING), NOW);
        take(byKey("key-1"), Step.to(ActionState.ACCEPTED).acceptedAt(NOW.minusSeconds(1)), NOW);
        take(byKey("key-1"), Step.to(ActionState.PENDING), NOW);

        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW, 1)).singleElement().satisfies(stored -> {
            assertThat(stored.acceptedAt()).isEqualTo(NOW.minusSeconds(1));
            assertThat(stored.looks()).isEqualTo(1);
        });
    }

    @Test
    void toStayIsNoChangeButANewTimeAndALook() {
        DeviceAction pending = pending("key-1");
        long revision = actions.feed(CONNECTOR).revision();

        take(pending, Step.to(ActionState.PENDING).after(Duration.ofSeconds(40)), NOW.plusSeconds(20));

        assertThat(byKey("key-1")).isEqualTo(pending);
        assertThat(actions.feed(CONNECTOR).revision()).isEqualTo(revision);
        assertThat(history(pending)).hasSize(4);
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW.plusSeconds(59), 1)).isEmpty();
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.PENDING), NOW.plusSeconds(60), 1)).singleElement()
                .satisfies(stored -> assertThat(stored.looks()).isEqualTo(2));
    }

    @Test
    void aStepFromAStateThatIsNoLongerTrueIsRefusedAndChangesNothing() {
        DeviceAction queued = added("key-1");
        take(queued, Step.to(ActionState.SENDING), NOW);

        assertThatThrownBy(() -> take(queued, Step.to(ActionState.SENDING), NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no longer queued");
        assertThat(history(queued)).hasSize(2);
    }

    @Test
    void aMoveThatIsNotInTheTableIsRefused() {
        DeviceAction queued = added("key-1");

        assertThatThrownBy(() -> take(queued, Step.to(ActionState.DONE), NOW)).hasMessageContaining("queued to done");
        assertThat(byKey("key-1")).isEqualTo(queued);
    }

    @Test
    void dueAreThoseOfTheStatesWhoseTimeHasComeTheLongestDueFirst() {
        pending("later");
        added("first");
        actions.add(CONNECTOR, "second", SYNC, NOW.plusSeconds(1));
        actions.add(CONNECTOR, "future", SYNC, NOW.plusSeconds(100));

        assertThat(actions.due(CONNECTOR, Set.of(ActionState.QUEUED), NOW.plusSeconds(2), 20))
                .extracting(stored -> stored.action().id())
                .containsExactly(byKey("first").id(), byKey("second").id());
        assertThat(actions.due(CONNECTOR, Set.of(ActionState.QUEUED), NOW.plusSeconds(2), 1)).hasSize(1);
        assertThat(actions.in(CONNECTOR, ActionState.QUEUED)).hasSize(3);
        assertThat(actions.due("nobody", Set.of(ActionState.QUEUED), NOW.plusSeconds(2), 1)).isEmpty();
    }

    @Test
    void anotherConnectorDoesNotFindTheAction() {
        DeviceAction added = added("key-1");

        assertThat(actions.find(CONNECTOR, added.id())).contains(added);
        assertThat(actions.find("IntuneConnector_2", added.id())).isEmpty();
    }

    private DeviceAction pending(String key) {
        take(added(key), Step.to(ActionState.SENDING), NOW);
        take(byKey(key), Step.to(ActionState.ACCEPTED).acceptedAt(NOW), NOW);
        take(byKey(key), Step.to(ActionState.PENDING), NOW);
        return byKey(key);
    }

    private void take(DeviceAction action, Step step, Instant now) {
        database.transactions().executeWithoutResult(_ -> actions.take(CONNECTOR, action, step, now));
    }

    private DeviceAction added(String key) {
        assertThat(add(key)).isTrue();
        return byKey(key);
    }

    private boolean add(String key) {
        return Objects.requireNonNull(
                database.transactions().execute(_ -> actions.add(CONNECTOR, key, SYNC, NOW)));
    }

    private DeviceAction byKey(String key) {
        return actions.byKey(CONNECTOR, key).orElseThrow();
    }

    private List<@Nullable String> history(DeviceAction action) {
        return database.jdbc().sql("""
                select coalesce(from_state, 'null') || ' -> ' || to_state || ': ' || coalesce(note, 'null')
                from device_action_history where action = :action order by at, ctid
                """).param("action", action.id()).query(String.class).list();
    }
}
