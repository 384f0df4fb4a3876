package io.acmpintune.engine.acmp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.runtime.fixture.TestClock;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class AcmpOverSicsTest {

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

    @Nested
    class ACommand {

        @Test
        void savedClientsComeBackWithTheirIdsThoughNoResultCodeCame() {
            IcqlRecord named = Records.clientWithoutId(1);
            IcqlRecord known = Records.client(2);
            sics.acmpAnswers(Replies.clients(named.with("ClientId", "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}"), known));
            assertThatReply(acmp.saveClients(List.of(named, known)))
                    .isDoneWith(List.of(named.with("ClientId", "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}"), known));
        }

        @Test
        void savedClientsComeBackInOurOrderWhateverAcmps() {
            sics.acmpAnswers(Replies.clients(Records.client(3), Records.client(1), Records.client(2)));
            List<IcqlRecord> ours = List.of(Records.client(1), Records.client(2), Records.client(3));
            assertThatReply(acmp.saveClients(ours)).isDoneWith(ours);
        }

        @Test
        void aRefusalCarriesAcmpsCodeAndWords() {
            sics.acmpAnswers(Replies.result("SaveMobileDevices", 26, "client {1} does not exist"));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(ResultCode.Known.CLIENT_NOT_FOUND,
                    "client {1} does not exist");
        }

        @Test
        void aRefusalOfClientsIsARefusal() {
            sics.acmpAnswers(Replies.result("SaveClients", 99, "no"));
            assertThatReply(acmp.saveClients(List.of(Records.client(1)))).isRefusedWith(new ResultCode.Unknown(99),
                    "no");
        }

        @Test
        void storedMobileDevicesAreCounted() {
            sics.acmpAnswers(STORED);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }

        @Test
        void nothingToSaveIsNotSent() {
            assertThatReply(acmp.saveMobileDevices(List.of())).isDoneWith(0);
            assertThatReply(acmp.saveClients(List.of())).isDoneWith(List.of());
            assertThat(sics.calls()).isEmpty();
        }

        @Test
        void versionsAreReadFromTheirLists() {
            sics.acmpAnswers(Replies.of("GetCommandVersions",
                    """
                            <CommandVersions>
                              <TCommandVersion_V1><CommandName>SaveClients</CommandName><Versions>1,2, 3</Versions></TCommandVersion_V1>
                              <TCommandVersion_V1><CommandName>SaveMobileDevices</CommandName><Versions>1</Versions></TCommandVersion_V1>
                            </CommandVersions><ResultCode>0</ResultCode>"""));
            CommandVersions versions = new CommandVersions(
                    Map.of("SaveClients", new TreeSet<>(List.of(1, 2, 3)), "SaveMobileDevices",
                            new TreeSet<>(List.of(1))));
            assertThatReply(acmp.commandVersions(List.of("SaveClients", "SaveMobileDevices", "Nonsense")))
                    .isDoneWith(versions);
            assertThat(versions.offers("SaveClients", 3)).isTrue();
            assertThat(versions.offers("SaveClients", 4)).isFalse();
            assertThat(versions.offers("Nonsense", 1)).isFalse();
        }

        @Test
        void schemasAreReadAsText() {
            sics.acmpAnswers(Replies.of("GetCommandSchemas",
                    """
                            <CommandSchemas><TCommandSchema_V1><CommandName>SaveClients</CommandName>\
                            <Schema>&lt;schema/&gt;</Schema></TCommandSchema_V1></CommandSchemas><ResultCode>0</ResultCode>"""));
            assertThatReply(acmp.commandSchemas(List.of("SaveClients")))
                    .isDoneWith(new CommandSchemas(Map.of("SaveClients", "<schema/>")));
        }

        @Test
        void theRequestReachesAcmpAsItWasMeant() {
            List<String> received = new ArrayList<>();
            sics.acmp(publication -> {
                received.add(publication.xml());
                publication.reply(STORED);
            });
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(received).containsExactly(
                    """
                            <ICQL><ACMP><SaveMobileDevices ActionType="Request" version="1"><TSaveMobileDevicesRequest_V1 \
                            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><MobileDevices>\
                            <TMobileDevice_V1 xsi:type="TMobileDevice_V1"><ClientId>{1}</ClientId><IntuneDeviceId>d</IntuneDeviceId>\
                            </TMobileDevice_V1></MobileDevices></TSaveMobileDevicesRequest_V1></SaveMobileDevices></ACMP></ICQL>""");
        }

        @Test
        void replyInBase64WithLineBreaksIsRead() {
            sics.acmp(publication -> publication
                    .replyRaw(
                            Base64.getMimeEncoder().encodeToString(STORED.getBytes(UTF_8)).replace("\r\n", "\\r\\n")));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }
    }

    @Nested
    class AReply {

        @Test
        void aLateReplyIsNeverTakenForTheNextRequests() {
            List<StubSics.Publication> unanswered = new ArrayList<>();
            sics.acmp(unanswered::add);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);

            sics.acmp(publication -> {
                unanswered.getFirst().reply(STORED);
                publication.reply(Replies.result("SaveMobileDevices", 35, "bad field"));
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(ResultCode.Known.INVALID_REQUEST,
                    "bad field");
        }

        @Test
        void aSecondReplyToTheSameRequestIsNeverTakenForTheNextRequests() {
            List<StubSics.Publication> first = new ArrayList<>();
            sics.acmp(publication -> {
                first.add(publication);
                publication.reply(STORED);
                publication.reply(STORED);
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);

            sics.acmp(publication -> {
                first.getFirst().reply(STORED);
                publication.reply(Replies.result("SaveMobileDevices", 19, "disk full"));
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(ResultCode.Known.DATABASE_ERROR,
                    "disk full");
        }

        @Test
        void aMessageThatAnswersSomethingElseIsPassedOver() {
            sics.acmp(publication -> {
                publication.reply(Replies.clients(Records.client(1)));
                publication.reply(publication.xml());
                publication.reply(STORED);
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }

        @Test
        void onlyForeignMessagesAreNoReplyAndAreNamed() {
            sics.acmpAnswers(Replies.clients(Records.client(1)));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY,
                    "only messages that answer other commands: [SaveClients version 1]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%%%", "", "PElDUUw+"})
        void anUnreadableReplyIsMalformed(String body) {
            sics.acmp(publication -> publication.replyRaw(body));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY,
                    "acmp.servers.ACMP-1",
                    "SaveMobileDevices");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%%%", "", "PElDUUw+"})
        void anUnreadableMessageOfSomebodyElseDoesNotEndTheWait(String body) {
            sics.acmp(publication -> {
                publication.replyRaw(body);
                publication.reply(STORED);
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }

        @Test
        void afterAMalformedReplyTheNextRequestHasItsOwnReply() {
            sics.acmp(publication -> publication.replyRaw("%%%"));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE))
                    .isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY);
            sics.acmpAnswers(Replies.result("SaveMobileDevices", 35, "bad field"));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(ResultCode.Known.INVALID_REQUEST,
                    "bad field");
        }

        @Test
        void mobileDevicesWithoutAResultAreNotTakenForStored() {
            sics.acmpAnswers(Replies.of("SaveMobileDevices", "<ResultMessage>OK</ResultMessage>"));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY,
                    "no ResultCode");
        }

        @Test
        void anEmptyReplyIsMalformed() {
            sics.acmpAnswers(Replies.of("GetCommandVersions", ""));
            assertThatReply(acmp.commandVersions(List.of("SaveClients"))).isUnavailableFor(
                    ConnectionProblem.Kind.MALFORMED_REPLY,
                    "neither a ResultCode");
        }

        @Test
        void clientsThatCannotBeToldApartAreMalformed() {
            IcqlRecord one = Records.client(1);
            IcqlRecord two = Records.client(2);
            for (String answer : List.of(Replies.clients(one), Replies.clients(one, one),
                    Replies.clients(one, Records.client(3)),
                    Replies.clients(one, two.with("ClientId", "")), Replies.clients(one, two.with("ClientId", "2")),
                    Replies.of("SaveClients", ""))) {
                sics.acmpAnswers(answer);
                assertThatReply(acmp.saveClients(List.of(one, two))).as(answer)
                        .isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY, "SaveClients");
            }
        }

        @Test
        void aClientSentWithoutAnIdMustComeBackUnderItsName() {
            sics.acmpAnswers(Replies.clients(Records.client(2), Records.client(1)));
            assertThatReply(acmp.saveClients(List.of(Records.clientWithoutId(1), Records.clientWithoutId(2))))
                    .isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY, "name");
        }

        @Test
        void versionsThatAreNoNumbersAreMalformed() {
            sics.acmpAnswers(Replies.of("GetCommandVersions",
                    "<CommandVersions><T><CommandName>A</CommandName><Versions>x</Versions></T>"
                            + "</CommandVersions>"));
            assertThatReply(acmp.commandVersions(List.of("A")))
                    .isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY);
        }
    }

    @Nested
    class Waiting {

        @Test
        void aReplyThatDoesNotComeEndsAfterTheReplyTimeout() {
            Instant begin = clock.instant();
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY,
                    "acmp.servers.ACMP-1",
                    "'acmp-key'", "60000 ms", "connected to SICS", "Public API access rights");
            assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void aWrongRoutingKeyIsNoReply() {
            try (Acmp other = gateway.open(new AcmpServer("ACMP-2", "acmp", "nobody"))) {
                assertThatReply(other.commandVersions(List.of())).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY,
                        "'nobody'",
                        "routing-key");
            }
        }

        @Test
        void oneWaitIsShorterThanTheReadTimeout() {
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);
            // A read timeout of 20 s allows waits of 10 s, of which six fill the reply timeout.
            assertThat(sics.calls("POST /Consume")).isEqualTo(6);
        }

        @Test
        void aReplyAfterSomeEmptyConsumesIsTaken() {
            List<StubSics.Publication> published = new ArrayList<>();
            sics.acmp(published::add);
            sics.before("/Consume", () -> {});
            sics.before("/Consume", () -> {});
            sics.before("/Consume", () -> published.getFirst().reply(STORED));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(sics.calls("POST /Consume")).isEqualTo(3);
        }

        @Test
        @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void aSicsThatDoesNotWaitIsNotHammered() {
            sics.neverWaits();
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);
            assertThat(sics.calls("POST /Consume")).isLessThanOrEqualTo(240);
        }

        @Test
        void anInterruptedWaitEndsAsClosedAndStaysInterrupted() {
            sics.neverWaits();
            AcmpGateway interrupted = new AcmpGateway(sics.connection(), client(sics.connection()), clock, _ -> {
                throw new InterruptedException();
            });
            assertThatReply(interrupted.open(StubSics.SERVER).saveMobileDevices(ONE_DEVICE))
                    .isUnavailableFor(ConnectionProblem.Kind.CLOSED);
            assertThat(Thread.interrupted()).isTrue();
            interrupted.close();
        }
    }

    @Nested
    class TheSession {

        @Test
        void isSharedByAllServersAndCommands() {
            sics.acmpAnswers(STORED);
            acmp.saveMobileDevices(ONE_DEVICE);
            gateway.open(StubSics.SERVER).saveMobileDevices(ONE_DEVICE);
            assertThat(sics.calls("POST /Session")).isEqualTo(1);
        }

        @Test
        void isRenewedTenSecondsBeforeItsAssumedEnd() {
            sics.acmpAnswers(STORED);
            acmp.saveMobileDevices(ONE_DEVICE);
            clock.advance(Duration.ofSeconds(49));
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(sics.calls("POST /Session")).isEqualTo(1);
            clock.advance(Duration.ofSeconds(1));
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(sics.calls("POST /Session")).isEqualTo(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/VirtualRouter", "/Target", "/Publish", "/Consume"})
        void mayDieBeforeAnyCallWithoutAnybodyNoticing(String path) {
            List<String> executed = new ArrayList<>();
            sics.acmp(publication -> {
                executed.add(publication.xml());
                publication.reply(STORED);
            });
            sics.before(path, sics::endSessions);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(sics.calls("POST /Session")).isEqualTo(2);
            assertThat(executed).hasSize(1);
        }

        @Test
        void thatIsRefusedTwiceRunningIsAProblem() {
            sics.instead("/VirtualRouter", 401, "{\"ErrorCode\":7,\"Result\":\"expired\"}");
            sics.instead("/VirtualRouter", 403, "");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.SESSION_REFUSED,
                    "HTTP 403");
        }

        @Test
        void deadInABodyWithStatus200IsRenewedAsWell() {
            sics.acmpAnswers(STORED);
            sics.instead("/Publish", 200, "{\"ErrorCode\":7,\"Result\":\"expired\"}");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
        }

        @Test
        void refusedByAcmpIsRenewedOnce() {
            sics.acmp(publication -> {
                publication.reply(Replies.result("SaveMobileDevices", 7, "session"));
                sics.acmpAnswers(STORED);
            });
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(sics.calls("POST /Session")).isEqualTo(2);

            sics.acmpAnswers(Replies.result("SaveMobileDevices", 7, "session"));
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isRefusedWith(ResultCode.Known.INVALID_SESSION,
                    "session");
        }

        @Test
        void isNotAskedForAgainSoonAfterAWrongPassword() {
            try (AcmpGateway wrong = gateway(withPassword("other-canary"))) {
                Acmp line = wrong.open(StubSics.SERVER);
                for (int i = 0; i < 5; i++) {
                    assertThatReply(line.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(
                            ConnectionProblem.Kind.WRONG_CREDENTIALS,
                            "acmp.sics.username, acmp.sics.password", "user 'acmp'", "Correct both");
                }
                assertThat(sics.calls("POST /Session")).isEqualTo(1);
                clock.advance(SicsClient.PAUSE_AFTER_REFUSAL);
                line.saveMobileDevices(ONE_DEVICE);
                assertThat(sics.calls("POST /Session")).isEqualTo(2);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"Session\":\"\"}", "{\"Session\":\"a\\r\\nb\"}", "[]", ""})
        void withoutAUsableTokenIsAMalformedAnswer(String body) {
            sics.instead("/Session", 200, body);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY,
                    "session.token");
        }

        @Test
        void fromSomethingThatIsNotSicsIsExplained() {
            sics.instead("/Session", 404, "<html>not here</html>");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    "acmp.sics.url " + sics.url(), "HTTP 404");
            sics.instead("/Session", 200, "<html>welcome</html>");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY,
                    "not JSON");
        }
    }

    @Nested
    class AfterARestartOfSics {

        @Test
        void theNextRequestMakesANewReplyTarget() {
            sics.acmpAnswers(STORED);
            acmp.saveMobileDevices(ONE_DEVICE);
            Set<String> before = sics.routers();
            sics.restart();
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(sics.routers()).hasSize(1).isNotEqualTo(before);
        }

        @Test
        void theRequestUnderWayIsSentAgain() {
            sics.acmpAnswers(STORED);
            sics.before("/Consume", sics::restart);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isDoneWith(1);
            assertThat(sics.calls("POST /Publish")).isEqualTo(2);
        }

        @Test
        void acmpsRouterMayBeMissing() {
            sics.forgetAcmp();
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.ADDRESS_UNKNOWN,
                    "no virtual router named 'acmp'", "acmp.servers.ACMP-1.virtual-router");
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void aSecondLossRunningIsAProblem() {
            sics.before("/Consume", sics::loseTargets);
            sics.before("/Consume", sics::loseTargets);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    "not found");
        }
    }

    @Nested
    class WhatWeLeaveOnSics {

        @Test
        void isOneRouterAndNoTargetBetweenRequests() {
            sics.acmpAnswers(STORED);
            for (int i = 0; i < 3; i++) {
                acmp.saveMobileDevices(ONE_DEVICE);
            }
            assertThat(sics.routers()).hasSize(1);
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void isNothingAfterClosing() {
            sics.acmpAnswers(STORED);
            acmp.saveMobileDevices(ONE_DEVICE);
            gateway.close();
            assertThat(sics.routers()).isEmpty();
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void isDeletedLaterIfItCouldNotBeAtOnce() {
            sics.acmp(publication -> {
                publication.reply(STORED);
                // The next call to /Target is the deletion.
                sics.instead("/Target", 500, "");
            });
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(sics.targets()).hasSize(1);
            sics.acmpAnswers(STORED);
            acmp.saveMobileDevices(ONE_DEVICE);
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void isNothingEvenIfWeCloseWhileWaiting() {
            sics.before("/Consume", acmp::close);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.CLOSED);
            assertThat(sics.routers()).isEmpty();
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void isNothingEvenIfWeCloseWhileATargetIsMade() {
            sics.before("/Target", acmp::close);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.CLOSED);
            assertThat(sics.routers()).isEmpty();
            assertThat(sics.targets()).isEmpty();
        }

        @Test
        void isNothingNewOnceClosed() {
            acmp.close();
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.CLOSED);
            assertThat(sics.calls()).isEmpty();
        }
    }

    @Nested
    class ARefusalBySics {

        @ParameterizedTest
        @ValueSource(strings = {"/VirtualRouter", "/Target", "/Publish", "/Consume"})
        void isToldWithItsStatusCodeAndWords(String path) {
            sics.instead(path, 400, "{\"ErrorCode\":35,\"Result\":\"no such exchange type\"}");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    "POST " + path, "HTTP 400",
                    "error code 35", "no such exchange type");
        }

        @Test
        void isNotOverlookedWhenTheStatusIs200() {
            sics.instead("/Publish", 200, "{\"ErrorCode\":18,\"Result\":\"full\"}");
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS,
                    "error code 18");
        }

        @Test
        void isNotSeenInAnEmptySuccess() {
            sics.acmpAnswers(STORED);
            sics.instead("/Publish", 204, "");
            // Nothing was really published, so the request fails later than at the empty answer.
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"ResultMessages\":\"x\"}", "{\"ResultMessages\":[1]}", "{\"ResultMessages\":{}}"})
        void ofMessagesInAnotherShapeIsMalformed(String body) {
            sics.instead("/Consume", 200, body);
            assertThatReply(acmp.saveMobileDevices(ONE_DEVICE)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY,
                    "ResultMessages");
        }
    }

    private AcmpGateway gateway(SicsConnection connection) {
        return new AcmpGateway(connection, client(connection), clock, clock::advance);
    }

    private SicsClient client(SicsConnection connection) {
        return new SicsClient(connection, SicsDialect.standard(), null, clock);
    }

    private SicsConnection withPassword(String password) {
        SicsConnection right = sics.connection();
        return new SicsConnection(right.url(), right.userName(), password, true, right.connectTimeout(),
                right.readTimeout(),
                right.replyTimeout());
    }
}
