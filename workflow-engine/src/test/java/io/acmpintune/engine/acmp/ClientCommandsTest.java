package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.runtime.fixture.TestClock;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

class ClientCommandsTest {

    private static final UUID ID = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");
    private static final ClientKey KEY = new ClientKey(ID, "PC-1", "example.com");

    private final TestClock clock = TestClock.fixed();
    private final StubSics sics = new StubSics(clock);
    private final AcmpGateway gateway = new AcmpGateway(sics.connection(), new SicsClient(sics.connection(),
            SicsDialect.standard(), null, clock), clock, clock::advance);
    private final Acmp acmp = gateway.open(StubSics.SERVER);

    @AfterEach
    void stop() {
        gateway.close();
        sics.close();
    }

    @Test
    void aClientIsAskedForWithAllThatIdentifiesIt() {
        List<String> asked = recordRequests(Replies.of("GetClientId", "<ClientId/><ResultCode>0</ResultCode>"));
        acmp.clientId(KEY);
        acmp.clientId(new ClientKey(null, "PC-2", ""));
        assertThat(asked).containsExactly(
                """
                        <ICQL><ACMP><GetClientId ActionType="Request" version="1"><TGetClientIdRequest_V1 \
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
                        <ActiveDirectoryObjectId>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</ActiveDirectoryObjectId>\
                        <ComputerName>PC-1</ComputerName><ComputerDomain>example.com</ComputerDomain>\
                        </TGetClientIdRequest_V1></GetClientId></ACMP></ICQL>""",
                """
                        <ICQL><ACMP><GetClientId ActionType="Request" version="1"><TGetClientIdRequest_V1 \
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
                        <ActiveDirectoryObjectId>{00000000-0000-0000-0000-000000000000}</ActiveDirectoryObjectId>\
                        <ComputerName>PC-2</ComputerName><ComputerDomain></ComputerDomain>\
                        </TGetClientIdRequest_V1></GetClientId></ACMP></ICQL>""");
    }

    @Test
    void aClientThatAcmpHasIsKnownByItsId() {
        sics.acmpAnswers(Replies.of("GetClientId",
                "<ClientId>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</ClientId><ResultCode>0</ResultCode>"));
        assertThatReply(acmp.clientId(KEY)).isDoneWith(Optional.of(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<ResultCode>26</ResultCode>",
            "<ResultCode>30</ResultCode>",
            "<ClientId/><ResultCode>0</ResultCode>",
            "<ClientId>{00000000-0000-0000-0000-000000000000}</ClientId>"})
    void aClientThatAcmpDoesNotHaveIsNone(String content) {
        sics.acmpAnswers(Replies.of("GetClientId", content));
        assertThatReply(acmp.clientId(KEY)).isDoneWith(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "<ResultCode>0</ResultCode>",
            "<ClientId>PC-1</ClientId><ResultCode>0</ResultCode>"})
    void anAnswerThatDoesNotTellIsNotTakenForNone(String content) {
        sics.acmpAnswers(Replies.of("GetClientId", content));
        assertThatReply(acmp.clientId(KEY)).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY, "GetClientId",
                "ClientId");
    }

    @Test
    void aServerThatFailsToLookUpAClientHasNotSaidThatThereIsNone() {
        sics.acmpAnswers(Replies.result("GetClientId", 19, "database"));
        assertThatReply(acmp.clientId(KEY)).isRefusedWith(ResultCode.Known.DATABASE_ERROR, "database");
    }

    @Test
    void clientsAreDeletedByTheirIds() {
        List<String> asked = recordRequests(Replies.result("DeleteClients", 0, "OK"));
        assertThatReply(acmp.deleteClients(List.of(ID, new UUID(0, 1)))).isDoneWith(2);
        assertThat(asked).containsExactly(
                """
                        <ICQL><ACMP><DeleteClients ActionType="Request" version="1"><TDeleteClientsRequest_V1 \
                        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><ClientIds>\
                        <string>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</string>\
                        <string>{00000000-0000-0000-0000-000000000001}</string></ClientIds>\
                        </TDeleteClientsRequest_V1></DeleteClients></ACMP></ICQL>""");
    }

    @Test
    void aClientThatIsGoneAlreadyIsRefusedAsUnknown() {
        sics.acmpAnswers(Replies.result("DeleteClients", 26, ""));
        assertThatReply(acmp.deleteClients(List.of(ID))).isRefusedWith(ResultCode.Known.CLIENT_NOT_FOUND, "");
    }

    @Test
    void aDeletionWithoutAResultIsNotTakenForDone() {
        sics.acmpAnswers(Replies.of("DeleteClients", "<ResultMessage>OK</ResultMessage>"));
        assertThatReply(acmp.deleteClients(List.of(ID))).isUnavailableFor(ConnectionProblem.Kind.MALFORMED_REPLY);
    }

    @Test
    void noClientsToDeleteAreNotSent() {
        assertThatReply(acmp.deleteClients(List.of())).isDoneWith(0);
        assertThat(sics.calls()).isEmpty();
    }

    @Test
    void aClientThatAcmpAlreadyHadComesBackUnderAcmpsId() {
        IcqlRecord known = Records.client(1).with("ClientId", AcmpGuid.write(ID)).with("ComputerName", "pc-1");
        sics.acmpAnswers(Replies.clients(known, Records.client(2)));
        assertThatReply(acmp.saveClients(List.of(Records.client(1), Records.client(2))))
                .isDoneWith(List.of(known, Records.client(2)));
    }

    @Test
    void twoClientsThatAcmpTakesForOneComeBackUnderTheSameId() {
        IcqlRecord one = Records.client(1);
        IcqlRecord two = Records.client(2).with("ComputerName", "PC-1");
        IcqlRecord known = one.with("ClientId", AcmpGuid.write(ID));
        sics.acmpAnswers(Replies.clients(known, known));
        assertThatReply(acmp.saveClients(List.of(one, two))).isDoneWith(List.of(known, known));
    }

    @Test
    void aClientIsNeverTakenForAnotherThatWasSentWithIt() {
        IcqlRecord one = Records.client(1);
        IcqlRecord namesake = Records.client(2).with("ComputerName", "PC-1");
        sics.acmpAnswers(Replies.clients(one, one));
        assertThatReply(acmp.saveClients(List.of(one, namesake))).isUnavailableFor(
                ConnectionProblem.Kind.MALFORMED_REPLY,
                namesake.text("ClientId"));
    }

    @Test
    void recordsAreSentInTheVersionAskedFor() {
        List<String> asked = new ArrayList<>();
        sics.acmp(publication -> {
            asked.add(publication.xml());
            publication.reply(Replies.result("SaveMobileDevices", 0, "OK").replace("version=\"1\"", "version=\"2\""));
        });
        IcqlRecord device = Records.of("ClientId", "{1}", "Imei", "1");
        assertThatReply(acmp.saveMobileDevices(2, List.of(device))).isDoneWith(1);
        assertThat(asked).containsExactly(RecordCommand.SAVE_MOBILE_DEVICES.requestText(2, device));
        assertThat(asked.getFirst()).contains("version=\"2\"", "<TSaveMobileDevicesRequest_V2",
                "<TMobileDevice_V2 xsi:type=\"TMobileDevice_V2\">");
    }

    private List<String> recordRequests(String answer) {
        List<String> asked = new ArrayList<>();
        sics.acmp(publication -> {
            asked.add(publication.xml());
            publication.reply(answer);
        });
        return asked;
    }
}
