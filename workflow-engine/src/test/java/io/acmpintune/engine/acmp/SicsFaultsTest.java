package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.runtime.fixture.TestClock;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong on the way to ACMP and back, and that nothing of it lasts. */
class SicsFaultsTest {

    private static final List<IcqlRecord> ONE_DEVICE = List.of(Records.of("ClientId", "{1}", "IntuneDeviceId", "d"));
    private static final String STORED = Replies.result("SaveMobileDevices", 0, "OK");

    private final TestClock clock = TestClock.fixed();
    private final StubSics sics = new StubSics(clock);
    private final AcmpGateway gateway = gateway(sics.connection());
    private final Acmp acmp = gateway.open(StubSics.SERVER);

    @AfterEach
    void stop() {
        gateway.close();
        sics.close();
    }

    @Test
    void aThousandCommandsLeaveNothingBehind() {
        sics.acmpAnswers(STORED);
        for (int i = 0; i < 1_000; i++) {
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }
        assertThat(sics.targets()).isEmpty();
        assertThat(sics.routers()).hasSize(1);
        acmp.close();
        assertThat(sics.routers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/VirtualRouter", "/Target", "/Publish", "/Consume"})
    void anAnswerThatIsLostAfterTheCallWasCarriedOutLeavesNothingBehind(String path) {
        sics.acmpAnswers(STORED);
        sics.afterwards(path, 500, "");
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                "POST " + path);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        assertThat(sics.targets()).isEmpty();
        assertThat(sics.routers()).hasSize(1);
        acmp.close();
        assertThat(sics.routers()).isEmpty();
    }

    @Test
    void aPublicationThatWasTakenThoughSicsSaidOtherwiseIsRepeatedWithTheSameRecord() {
        List<String> executed = new ArrayList<>();
        sics.acmp(publication -> {
            executed.add(publication.xml());
            publication.reply(executed.size() == 1 ? Replies.result("SaveMobileDevices", 35, "of the first") : STORED);
        });
        sics.afterwards("/Publish", 500, "");
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS);
        // The reply to the first sending is waiting by now and must not be taken for the second's.
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        assertThat(executed).hasSize(2)
                .containsOnly(RecordCommand.SAVE_MOBILE_DEVICES.requestText(1, ONE_DEVICE.getFirst()));
    }

    @Test
    void onlyTheTargetLostIsMadeAgainAndTheOldRouterDeleted() {
        sics.acmpAnswers(STORED);
        sics.before("/Consume", sics::loseTargetsOnly);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        assertThat(sics.routers()).hasSize(1);
        assertThat(sics.targets()).isEmpty();
    }

    @Test
    void anOutageOfAMinuteIsOverWhenSicsIsBack() {
        List<String> saved = new ArrayList<>();
        sics.acmp(publication -> {
            saved.add(publication.xml());
            publication.reply(STORED);
        });
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        Instant end = clock.instant().plusSeconds(60);
        sics.out(true);
        Random random = new Random(1);
        int failures = 0;
        while (clock.instant().isBefore(end)) {
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    "HTTP 503");
            clock.advance(Backoff.after(++failures, random));
        }
        sics.out(false);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        assertThat(failures).isBetween(2, 30);
        assertThat(saved).hasSize(2);
        assertThat(sics.targets()).isEmpty();
        assertThat(sics.routers()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"OK", "INVALID_SESSION", "WRONG_CREDENTIALS"})
    void everyOtherResultCodeReachesTheCallerAndTheNextCommandWorks(ResultCode.Known code) {
        sics.acmpAnswers(Replies.result("SaveMobileDevices", code.number(), "words"));
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(code, "words");
        sics.acmpAnswers(STORED);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
    }

    @Test
    void credentialsThatAnAcmpServerRefusesAreNotSentToItAgainButToTheOthers() {
        AtomicInteger asked = new AtomicInteger();
        sics.acmp(publication -> {
            asked.incrementAndGet();
            publication.reply(Replies.result("SaveMobileDevices", 15, "who?"));
        });
        sics.otherAcmp(publication -> publication.reply(STORED));
        try (Acmp second = gateway.open(StubSics.SERVER); Acmp other = gateway.open(StubSics.OTHER)) {
            for (Acmp line : List.of(acmp, second, acmp)) {
                assertThatReply(line.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(
                        ConnectionProblem.Kind.WRONG_CREDENTIALS, "ACMP-1", "result code 15",
                        "/api/v1/sics/verification");
            }
            assertThat(asked).hasValue(1);
            assertThatReply(other.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(gateway.status().refusalByServer()).containsOnlyKeys("ACMP-1");

            clock.advance(CredentialRefusals.PAUSE);
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void aProbeThatAnAcmpServerAnswersEndsItsRefusal() {
        sics.acmpAnswers(Replies.result("SaveMobileDevices", 15, "who?"));
        acmp.saveMobileDevices(ONE_DEVICE);
        sics.acmpAnswers(Replies.of("GetCommandVersions", "<CommandVersions/><ResultCode>0</ResultCode>"));
        assertThatReply(gateway.probe().commandVersions(StubSics.SERVER, List.of()))
                .isDoneWith(new CommandVersions(Map.of()));
        sics.acmpAnswers(STORED);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        assertThat(gateway.status().refusalByServer()).isEmpty();
    }

    @Test
    void aProbesLogInEndsARefusalOfSics() {
        sics.instead("/Session", 401, "{\"ErrorCode\":15}");
        sics.acmpAnswers(STORED);
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.WRONG_CREDENTIALS);
        assertThat(gateway.status().refusal()).satisfies(
                refusal -> assertThat(refusal.problem().kind()).isEqualTo(ConnectionProblem.Kind.WRONG_CREDENTIALS));
        clock.advance(Duration.ofMinutes(59));
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.WRONG_CREDENTIALS);
        assertThat(sics.calls("POST /Session")).isEqualTo(1);

        assertThat(gateway.probe().logIn()).isEmpty();
        assertThat(gateway.status().refusal()).isNull();
        assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
    }

    @Test
    void aProbeLeavesNothingBehind() {
        sics.acmpAnswers(Replies.of("GetCommandVersions", "<CommandVersions/><ResultCode>0</ResultCode>"));
        ConnectionProbe probe = gateway.probe();
        assertThat(probe.replyTarget()).isEmpty();
        probe.commandVersions(StubSics.SERVER, List.of("SaveClients"));
        assertThat(sics.targets()).isEmpty();
        assertThat(sics.routers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/VirtualRouter", "/Target"})
    void aProbeTellsWhichPartOfAReplyTargetFailsAndLeavesNothingBehind(String path) {
        sics.afterwards(path, 500, "");
        assertThat(gateway.probe().replyTarget()).hasValueSatisfying(
                problem -> assertThat(problem.text()).contains("POST " + path));
        assertThat(sics.targets()).isEmpty();
        assertThat(sics.routers()).isEmpty();
    }

    private AcmpGateway gateway(SicsConnection connection) {
        return new AcmpGateway(connection, new SicsClient(connection, SicsDialect.standard(),
                null, clock), clock, clock::advance);
    }
}
