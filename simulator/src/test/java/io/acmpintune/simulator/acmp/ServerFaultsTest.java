package io.acmpintune.simulator.acmp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Message;

import static io.acmpintune.simulator.acmp.IcqlCaller.client;
import static io.acmpintune.simulator.acmp.IcqlCaller.clients;
import static io.acmpintune.simulator.acmp.IcqlCaller.device;
import static io.acmpintune.simulator.acmp.IcqlCaller.icql;
import static io.acmpintune.simulator.acmp.IcqlCaller.id;
import static io.acmpintune.simulator.acmp.IcqlCaller.names;
import static io.acmpintune.simulator.acmp.IcqlCaller.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerFaultsTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";
    private static final String OTHER_ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030D}";
    private static final String VERSIONS = icql("GetCommandVersions", "1", names("SaveClients"));

    private final Broker broker = new Broker();
    private final AcmpServer acmp = AcmpServer.connect(broker, "acmp", "acmp");
    private final IcqlCaller caller = new IcqlCaller(broker, "acmp", "acmp");

    @AfterEach
    void disconnect() {
        acmp.close();
    }

    @Test
    void aCommandWithALostReplyIsExecuted() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Lost());
        caller.publish(clients(client(ID, "PC-1")));
        assertThat(caller.ask(VERSIONS)).as("the next reply").contains("GetCommandVersionsResponse");
        assertThat(acmp.clients()).containsOnlyKeys(ID);
        assertThat(id(caller.ask(clients(client(ID, "PC-1"))))).as("only one was ordered").isEqualTo(ID);
        assertThat(acmp.faults().happened()).isEqualTo(Map.of("SaveClients", 1L));
        assertThat(acmp.faults().pending()).isEmpty();
    }

    @Test
    void aLateReplyComesAfterThoseOfLaterCommands() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Late(Duration.ofSeconds(2)));
        long started = System.nanoTime();
        caller.publish(clients(client(ID, "PC-1")));
        assertThat(caller.ask(VERSIONS)).contains("GetCommandVersionsResponse");
        assertThat(id(caller.reply())).isEqualTo(ID);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aHeldReplyComesWhenItIsReleased() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Held());
        caller.publish(clients(client(ID, "PC-1")));
        caller.ask(VERSIONS);
        assertThat(acmp.faults().held()).isEqualTo(1);
        assertThat(acmp.clientCount()).isEqualTo(1);
        acmp.faults().release();
        assertThat(id(caller.reply())).isEqualTo(ID);
        assertThat(acmp.faults().held()).isZero();
    }

    @Test
    void aDuplicatedReplyComesTwice() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Duplicated());
        String first = caller.ask(clients(client(ID, "PC-1")));
        assertThat(caller.reply()).isEqualTo(first);
        assertThat(acmp.timesSaved(ID)).as("it was executed once").isEqualTo(1);
    }

    @Test
    void foreignRepliesComeBeforeTheRightOne() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Foreign());
        assertThat(caller.ask(clients(client(ID, "PC-1")))).contains("<TGetClientIdResponse_V1");
        assertThat(caller.reply()).contains("<SaveClients ActionType=\"Response\" version=\"10\">");
        assertThat(id(caller.reply())).isEqualTo(ID);
    }

    @Test
    void aReplyCanBeInvalidBase64() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Malformed(ReplyFault.Flaw.NOT_BASE64));
        caller.publish(clients(client(ID, "PC-1")));
        String body = caller.body();
        assertThatThrownBy(() -> Base64.getDecoder().decode(body)).isInstanceOf(IllegalArgumentException.class);
        assertThat(acmp.clientCount()).isEqualTo(1);
    }

    @Test
    void aReplyCanBeTruncated() {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Malformed(ReplyFault.Flaw.TRUNCATED));
        assertThat(caller.ask(clients(client(ID, "PC-1")))).startsWith("<ICQL").doesNotContain("</ICQL>");
    }

    @Test
    void aReplyCanLackAResult() {
        acmp.faults().next(ServerFaults.ANY_COMMAND, 2, new ReplyFault.Malformed(ReplyFault.Flaw.NO_RESULT));
        assertThat(caller.ask(clients(client(ID, "PC-1")))).contains("<TSaveClientsResponse_V1")
                .doesNotContain("ClientId",
                        "ResultCode");
        assertThat(caller.ask(device(ID))).contains("<TSaveMobileDevicesResponse_V1").doesNotContain("ResultCode");
        assertThat(acmp.mobileDeviceCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 15, 18, 19, -1, 26, 30, 32, 35, 99})
    void aCommandCanBeRefusedWithAnyCodeAndIsNotExecuted(int code) {
        acmp.faults().next("SaveClients", 1, new ReplyFault.Refused(code));
        assertThat(refusal(caller.ask(clients(client(ID, "PC-1"))), code)).isNotEmpty();
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void faultsApplyToTheirCommandInOrder() {
        acmp.faults().after("SaveClients", 1, new ReplyFault.Refused(18));
        acmp.faults().next(ServerFaults.ANY_COMMAND, 1, new ReplyFault.Refused(19));
        assertThat(id(caller.ask(clients(client(ID, "PC-1"))))).isEqualTo(ID);
        refusal(caller.ask(clients(client(ID, "PC-1"))), 18);
        assertThat(acmp.faults().pending()).isEqualTo(Map.of("*", 1));
        refusal(caller.ask(VERSIONS), 19);
        assertThatThrownBy(() -> acmp.faults().next("MakeCoffee", 1, new ReplyFault.Lost()))
                .hasMessageContaining("MakeCoffee")
                .hasMessageContaining("SaveClients");
        assertThatThrownBy(() -> new ReplyFault.Refused(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSlowServerDelaysEveryCommand() {
        acmp.faults().slow(Duration.ofMillis(60));
        long started = System.nanoTime();
        caller.publish(VERSIONS);
        caller.ask(VERSIONS);
        caller.reply();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void aDeadServerDiscardsMessages() {
        acmp.faults().die();
        caller.publish(clients(client(ID, "PC-1")));
        while (acmp.commandsReceived("SaveClients") == 0) {
            Thread.onSpinWait();
        }
        acmp.faults().revive();
        assertThat(caller.ask(VERSIONS)).contains("GetCommandVersionsResponse");
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void faultsCanBeCleared() {
        acmp.faults().next("SaveClients", 3, new ReplyFault.Held());
        caller.publish(clients(client(ID, "PC-1")));
        caller.ask(VERSIONS);
        acmp.faults().die();
        acmp.faults().clear();
        assertThat(id(caller.reply())).isEqualTo(ID);
        assertThat(id(caller.ask(clients(client(OTHER_ID, "PC-2"))))).isEqualTo(OTHER_ID);
    }

    @Test
    void aRefusedRecordFailsItsRequest() {
        acmp.refusals().refuse("SaveClients", "ComputerName", Pattern.compile("BAD.*"), 32);
        assertThat(refusal(caller.ask(clients(client(ID, "good"), client(OTHER_ID, "BAD-1"))), 32)).contains("2");
        assertThat(acmp.clientCount()).isZero();
        assertThat(id(caller.ask(clients(client(ID, "good, not BAD"))))).isEqualTo(ID);
        acmp.refusals().refuse("SaveMobileDevices", "IntuneDeviceId", Pattern.compile("i"), 35);
        refusal(caller.ask(device(ID)), 35);
        acmp.refusals().clear();
        refusal(caller.ask(device(ID)), 0);
    }

    @Test
    void aRuleThatCanNeverApplyIsRefused() {
        Pattern any = Pattern.compile(".*");
        assertThatThrownBy(() -> acmp.refusals().refuse("DeleteClients", "ClientId", any, 35))
                .hasMessageContaining("DeleteClients");
        assertThatThrownBy(() -> acmp.refusals().refuse("SaveClients", "Colour", any, 35))
                .hasMessageContaining("Colour");
        assertThatThrownBy(() -> acmp.refusals().refuse("SaveClients", "ClientId", any, 0)).hasMessageContaining("0");
    }

    @Test
    void newClientsNeedALicenceAndExistingOnesDoNot() {
        acmp.refusals().licence(2);
        caller.ask(clients(client(ID, "PC-1")));
        assertThat(refusal(caller.ask(clients(client(OTHER_ID, "PC-2"), client("", "PC-3"))), 32)).contains("2");
        assertThat(acmp.clients()).containsOnlyKeys(ID);
        caller.ask(clients(client(OTHER_ID, "PC-2"), client(ID, "PC-1"), client("", "pc-1")));
        assertThat(acmp.clients()).containsOnlyKeys(ID, OTHER_ID);
        refusal(caller.ask(clients(client("", "PC-3"))), 32);
    }

    @Test
    void messagesAndTheirRecordsAreCounted() {
        caller.ask(clients(client(ID, "PC-1")));
        caller.ask(clients(client(ID, "PC-1"), client(OTHER_ID, "")));
        caller.ask(VERSIONS);
        assertThat(acmp.traffic()).isEqualTo(
                Map.of("SaveClients", new Traffic(2, 3, 2), "GetCommandVersions", new Traffic(1, 1, 1)));
    }

    @Test
    void acmpCanPublishRequestsAndReceivesTheReplies() {
        var messages = new LinkedBlockingQueue<Message>();
        broker.join("acmp", "IntuneMobileDevices_1", messages::add);
        acmp.publish("acmp", "IntuneMobileDevices_1", "<ICQL>wipe Jürgen's</ICQL>", "acmp", "acmp-callback");

        var request = messages.remove();
        assertThat(new String(Base64.getDecoder().decode(request.body()), StandardCharsets.UTF_8))
                .isEqualTo("<ICQL>wipe Jürgen's</ICQL>");
        String reply = Base64.getEncoder().encodeToString("<ICQL/>".getBytes(StandardCharsets.UTF_8));
        broker.publish(request.callbackRouter(), request.callbackKey(),
                new Message(reply, "", ""));
        assertThat(acmp.repliesReceived()).containsExactly("<ICQL/>");
        assertThatThrownBy(() -> acmp.publish("nowhere", "k", "x", "acmp", "acmp-callback"))
                .hasMessageContaining("nowhere");
    }
}
