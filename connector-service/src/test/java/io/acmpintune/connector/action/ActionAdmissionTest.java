package io.acmpintune.connector.action;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.DeviceAction;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ActionAdmissionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final DeviceId DEVICE = new DeviceId("d-1");

    @Test
    void anOrderWithoutObjectionsIsAccepted() {
        assertThat(refusal(ActionKind.REMOTE_LOCK, "iOS", null)).isEmpty();
    }

    @Test
    void whatTheConfigurationSwitchesOffIsRefused() {
        ActionAdmission.Context situation = new ActionAdmission.Context(Set.of(ActionKind.SYNC_DEVICE), device("iOS"),
                null);

        assertThat(ActionAdmission.refusal(new ActionCommand(ActionKind.REMOTE_LOCK, DEVICE, "anna"), situation)).get()
                .extracting(Problem::kind)
                .isEqualTo(ProblemKind.ACTION_DISABLED);
    }

    @Test
    void whatThePlatformDoesNotKnowIsRefusedByItsName() {
        assertThat(refusal(ActionKind.REMOTE_LOCK, "Windows", null)).get().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.PLATFORM_NOT_SUPPORTED);
            assertThat(problem.detail()).isEqualTo("Intune does not support remoteLock on Windows.");
        });
    }

    @Test
    void aSecondOneWhileOneIsUnderWayIsRefusedAndNamesTheFirst() {
        DeviceAction first = new DeviceAction(UUID.randomUUID(), 1,
                new ActionCommand(ActionKind.REMOTE_LOCK, DEVICE, "bert"), ActionState.PENDING, NOW, NOW, NOW, null,
                null);

        assertThat(refusal(ActionKind.REMOTE_LOCK, "iOS", first)).get().satisfies(problem -> {
            assertThat(problem.detail()).contains("bert").contains("pending");
            assertThat(problem.remedy()).contains(first.id().toString());
        });
    }

    @Test
    void anOrderBeyondTheDailyLimitReportsWhenItMayBeRepeated() {
        assertThat(problem(usedUp(ActionKind.RETIRE, 0, NOW.minusSeconds(3_600)))).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.DAILY_LIMIT);
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.remedy()).contains("2026-11-21T11:00:00Z");
        });
    }

    @Test
    void whatExceedsTheConnectorsCapHasToWaitWhoeverAsksAndNamesTheKey() {
        assertThat(problem(usedUp(ActionKind.RETIRE, 2, NOW.minusSeconds(60)))).satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(ProblemKind.CAP_REACHED);
            assertThat(problem.detail()).contains("10 of retire within 10 minutes");
            assertThat(problem.remedy()).contains("2026-11-20T12:09:00Z").contains("actions.caps.retires-per-10m");
        });
    }

    @Test
    void theLongestOfSeveralExhaustedLimitsIsReported() {
        assertThat(problem(usedUp(ActionKind.RETIRE, 2, NOW), usedUp(ActionKind.RETIRE, 1, NOW.minusSeconds(3_600)))
                .remedy()).contains("2026-11-21T11:00:00Z").contains("actions.caps.retires-per-day");
    }

    @Test
    void whereEveryLimitHasRoomNothingHasToWait() {
        assertThat(ActionAdmission.longestExhausted(List.of())).isEmpty();
    }

    @Test
    void everythingButWhatIsHarmlessIsLimited() {
        assertThat(Arrays.stream(ActionKind.values())
                .filter(kind -> !ActionAdmission.limits(kind, Impact.greatest(kind), FakeMicrosoft.ACTIONS).isEmpty()))
                .containsExactlyInAnyOrder(ActionKind.WIPE, ActionKind.RETIRE, ActionKind.REMOTE_LOCK,
                        ActionKind.SEND_NOTIFICATION)
                .allMatch(kind -> Impact.greatest(kind) != Impact.HARMLESS);
    }

    @Test
    void locksOfMacsHaveLimitsOfTheirOwn() {
        assertThat(ActionAdmission.limits(ActionKind.REMOTE_LOCK, Impact.DESTRUCTIVE, FakeMicrosoft.ACTIONS))
                .extracting(ActionAdmission.Limit::max, ActionAdmission.Limit::key)
                .containsExactly(tuple(50, "actions.caps.mac-locks-per-day"),
                        tuple(10, "actions.caps.mac-locks-per-10m"));
        assertThat(ActionAdmission.limits(ActionKind.REMOTE_LOCK, Impact.DISRUPTIVE, FakeMicrosoft.ACTIONS))
                .extracting(ActionAdmission.Limit::max, ActionAdmission.Limit::key)
                .containsExactly(tuple(1_000, "actions.caps.locks-per-day"),
                        tuple(200, "actions.caps.locks-per-10m"));
    }

    private static Optional<Problem> refusal(ActionKind kind, String system, @Nullable DeviceAction underWay) {
        return ActionAdmission.refusal(new ActionCommand(kind, DEVICE, "anna"),
                new ActionAdmission.Context(EnumSet.allOf(ActionKind.class), device(system), underWay));
    }

    private static Problem problem(ActionAdmission.ExhaustedLimit... usedUp) {
        return ActionAdmission.longestExhausted(List.of(usedUp)).orElseThrow().problem(ActionKind.RETIRE);
    }

    private static ActionAdmission.ExhaustedLimit usedUp(ActionKind kind, int limit, Instant since) {
        return new ActionAdmission.ExhaustedLimit(
                ActionAdmission.limits(kind, Impact.greatest(kind), FakeMicrosoft.ACTIONS).get(limit),
                since);
    }

    private static Device device(String system) {
        return JsonMapper.shared()
                .readValue("{\"id\":\"d-1\",\"operatingSystem\":\"%s\"}".formatted(system), Device.class);
    }
}
