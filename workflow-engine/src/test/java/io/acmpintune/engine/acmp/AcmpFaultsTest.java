package io.acmpintune.engine.acmp;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.ReplyFault;
import io.acmpintune.simulator.sics.PublishFault;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

/** What a simulated SICS and ACMP do wrong: after each of it the same record is stored once and the way is free again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmpFaultsTest {

    private static final String COMMAND = "SaveClients";

    private final Simulator world = simulator();
    private final AcmpGateway gateway = new AcmpGateway(
            new SicsConnection(URI.create(world.httpUrl()), world.access().sicsUser(), world.access().sicsPassword(),
                    true, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(1)),
            SicsDialect.standard(), null, InstantSource.system());
    private final Acmp acmp = gateway.open(new AcmpServer("ACMP-1", "acmp", "acmp"));
    private List<IcqlRecord> client = List.of();

    @AfterAll
    void nothingOfOursIsLeft() throws IOException {
        acmp.close();
        assertThat(world.sics().broker().targets()).isEmpty();
        assertThat(world.sics().broker().routers()).isEmpty();
        gateway.close();
        world.close();
    }

    @AfterEach
    void theRecordIsStoredOnceAndTheWayIsFree() {
        world.sics().faults().clear();
        server().faults().clear();
        assertThatReply(acmp.saveClients(client)).isDoneWith(client);
        String name = client.getFirst().text("ComputerName");
        assertThat(server().clients().values()).filteredOn(fields -> name.equals(fields.get("ComputerName")))
                .hasSize(1);
        assertThat(world.sics().broker().targets()).isEmpty();
        assertThat(world.sics().broker().routers()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSicsFaultBetweenPublicationAndReplyIsInvisible(PublishFault fault) {
        world.sics().faults().afterPublish(1, fault);
        assertThatReply(save()).isDoneWith(client);
        assertThat(world.sics().faults().pending()).isZero();
    }

    @Test
    void aLostReplyIsNoReply() {
        server().faults().next(COMMAND, 1, new ReplyFault.Lost());
        assertThatReply(save()).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);
    }

    @Test
    void aReplyThatComesTooLateIsNotTakenForTheNextOnes() {
        server().faults().next(COMMAND, 1, new ReplyFault.Held());
        server().faults().next(COMMAND, 1, new ReplyFault.Refused(19));
        assertThatReply(save()).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY);
        server().faults().release();
        assertThat(acmp.saveClients(client)).isInstanceOfSatisfying(AcmpReply.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(ResultCode.Known.DATABASE_ERROR));
    }

    @Test
    void aSecondReplyIsNotTakenForTheNextOnes() {
        server().faults().next(COMMAND, 1, new ReplyFault.Duplicated());
        server().faults().next(COMMAND, 1, new ReplyFault.Refused(19));
        assertThatReply(save()).isDoneWith(client);
        assertThat(acmp.saveClients(client)).isInstanceOf(AcmpReply.Refused.class);
    }

    @Test
    void foreignRepliesArePassedOver() {
        server().faults().next(COMMAND, 1, new ReplyFault.Foreign());
        assertThatReply(save()).isDoneWith(client);
    }

    @ParameterizedTest
    @EnumSource
    void aSpoiltReplyIsMalformed(ReplyFault.Flaw flaw) {
        server().faults().next(COMMAND, 1, new ReplyFault.Malformed(flaw));
        assertThatReply(save()).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY, COMMAND);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 9, 18, 19, 26, 30, 32, 35, 4711})
    void aResultCodeReachesTheCaller(int code) {
        server().faults().next(COMMAND, 1, new ReplyFault.Refused(code));
        assertThat(save()).isInstanceOfSatisfying(AcmpReply.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(ResultCode.of(code)));
    }

    @Test
    void anInvalidSessionIsRenewedAndNotNoticed() {
        long before = world.sics().logins();
        server().faults().next(COMMAND, 1, new ReplyFault.Refused(7));
        assertThatReply(save()).isDoneWith(client);
        assertThat(world.sics().logins()).isEqualTo(before + 1);
    }

    @Test
    void aPublicationThatWasAcceptedBehindAFailureIsRepeatedWithoutHarm() {
        world.faults().next("POST /Publish", 1, new Fault.ReplyAfter(new Fault.Reply(500, Map.of(), "")));
        assertThatReply(save()).isUnavailableFor(ConnectionProblem.Kind.REFUSED_BY_SICS, "HTTP 500");
        assertThat(server().timesSaved(client.getFirst().text("ClientId"))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /VirtualRouter", "POST /Target", "POST /Publish", "POST /Consume"})
    void aConnectionThatBreaksAfterTheCallWasCarriedOutLeavesNothingBehind(String route) {
        // So that a virtual router has to be made as well.
        world.sics().restart();
        world.faults().next(route, 1, new Fault.DropAfter());
        // The HTTP client repeats what it may, so that the command may even succeed.
        assertThat(save()).isNotInstanceOf(AcmpReply.Refused.class);
    }

    @Test
    void anOutageEndsWithoutARestart() {
        world.sics().faults().fail();
        for (int i = 0; i < 3; i++) {
            assertThatReply(save()).isUnavailableFor(ConnectionProblem.Kind.UNREACHABLE);
        }
        world.sics().faults().recover();
        assertThatReply(acmp.saveClients(client)).isDoneWith(client);
    }

    @Test
    void aThousandCommandsLeaveNoTarget() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(acmp.commandVersions(List.of(COMMAND))).isInstanceOf(AcmpReply.Done.class);
        }
        assertThat(world.sics().broker().targets()).isEmpty();
        assertThat(world.sics().broker().routers()).hasSize(1);
        save();
    }

    private AcmpReply<List<IcqlRecord>> save() {
        client = List.of(client());
        return acmp.saveClients(client);
    }

    private static IcqlRecord client() {
        UUID id = UUID.randomUUID();
        return Records.of("ClientId", AcmpGuid.write(id), "ComputerName", "PC-" + id, "ComputerDomain", "example.com",
                "MacAddress", "", "ComputerSid", "", "ActiveDirectoryObjectId", "", "ClientType", "ctAndroid",
                "PrimaryIP", "", "DisplayIP", "");
    }

    private io.acmpintune.simulator.acmp.AcmpServer server() {
        return world.acmp("ACMP-1");
    }

    private static Simulator simulator() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
