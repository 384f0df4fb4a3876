package io.acmpintune.simulator.acmp;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.acmpintune.simulator.sics.Broker;

import static io.acmpintune.simulator.acmp.IcqlCaller.client;
import static io.acmpintune.simulator.acmp.IcqlCaller.clients;
import static io.acmpintune.simulator.acmp.IcqlCaller.device;
import static io.acmpintune.simulator.acmp.IcqlCaller.icql;
import static io.acmpintune.simulator.acmp.IcqlCaller.id;
import static io.acmpintune.simulator.acmp.IcqlCaller.refusal;
import static io.acmpintune.simulator.acmp.IcqlCaller.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests how clients are identified, added by others and deleted. */
class ClientIdentityTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";
    private static final String OTHER_ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030D}";
    private static final String DIRECTORY = "{11111111-ADC1-4B9D-BDB8-87564B94030C}";
    private static final String NONE = "{00000000-0000-0000-0000-000000000000}";

    private final Broker broker = new Broker();
    private final AcmpServer acmp = AcmpServer.connect(broker, "acmp", "acmp");
    private final IcqlCaller caller = new IcqlCaller(broker, "acmp", "acmp");

    @AfterEach
    void disconnect() {
        acmp.close();
    }

    @Test
    void aClientIsFoundByItsDirectoryObjectOrElseByNameAndDomain() {
        caller.ask(clients(with(client(ID, "PC-1"), "ActiveDirectoryObjectId", DIRECTORY), client(OTHER_ID, "PC-2")));

        String reply = caller.ask(whoIs(DIRECTORY, "PC-2", "contoso.example"));
        assertThat(reply).contains("<GetClientId ActionType=\"Response\" version=\"1\"><TGetClientIdResponse_V1");
        assertThat(id(reply)).as("the directory object counts first").isEqualTo(ID);
        assertThat(refusal(reply, 0)).isEqualTo("OK");
        assertThat(id(caller.ask(whoIs(NONE, "pc-2", "CONTOSO.example")))).isEqualTo(OTHER_ID);
        assertThat(id(caller.ask(whoIs(OTHER_ID, "PC-2", "contoso.example")))).as("an unknown directory object")
                .isEqualTo(OTHER_ID);
    }

    @Test
    void noClientIsFoundWhereNothingMatches() {
        caller.ask(clients(client(ID, "PC-1")));
        String reply = caller.ask(whoIs(NONE, "PC-1", "elsewhere.example"));
        assertThat(id(reply)).isEmpty();
        assertThat(refusal(reply, 26)).isNotEmpty();
    }

    @Test
    void allIdentifyingFieldsAreMandatory() {
        assertThat(refusal(caller.ask(whoIs("", "PC-1", "d")), 35)).contains("ActiveDirectoryObjectId");
        assertThat(refusal(caller.ask(whoIs(NONE, "", "d")), 35)).contains("ComputerName");
        assertThat(refusal(caller.ask(whoIs(NONE, "PC-1", "")), 35)).contains("ComputerDomain");
        assertThat(refusal(caller.ask(icql("GetClientId", "1", "<ComputerName>PC-1</ComputerName>")), 35))
                .contains("ActiveDirectoryObjectId is missing");
    }

    @Test
    void clientsWithoutADirectoryObjectAreDistinct() {
        String first = id(caller.ask(clients(with(client("", "PC-1"), "ActiveDirectoryObjectId", NONE))));
        assertThat(id(caller.ask(clients(with(client("", "PC-2"), "ActiveDirectoryObjectId", NONE)))))
                .isNotEqualTo(first);
    }

    @Test
    void aClientOfTheSameNameIsFoundOnceTheOtherIsRenamed() {
        caller.ask(clients(client(ID, "TWIN"), client(OTHER_ID, "TWIN")));
        assertThat(id(caller.ask(whoIs(NONE, "TWIN", "contoso.example")))).isEqualTo(ID);
        caller.ask(clients(client(ID, "ALONE")));
        assertThat(id(caller.ask(whoIs(NONE, "TWIN", "contoso.example")))).isEqualTo(OTHER_ID);
    }

    @Test
    void anExistingClientIsMatchedAndCountsItsSaves() {
        String had = acmp.putClient(Map.of("ComputerName", "OLD", "ComputerDomain", "contoso.example",
                "ActiveDirectoryObjectId", DIRECTORY));

        assertThat(acmp.client(had)).hasValueSatisfying(client -> assertThat(client)
                .containsEntry("ComputerName", "OLD")
                .containsEntry("ClientType", "ctOther")
                .containsEntry("MacAddress", ""));
        assertThat(id(caller.ask(whoIs(NONE, "old", "contoso.example")))).isEqualTo(had);
        caller.ask(device(had));
        assertThat(acmp.timesSaved(had)).as("its mobile device is not its record").isZero();
        assertThat(id(caller.ask(clients(client("", "OLD"))))).isEqualTo(had);
        assertThat(acmp.timesSaved(had)).isEqualTo(1);
        assertThat(id(caller.ask(clients(client(OTHER_ID, "OLD"))))).as("a ClientId of its own makes a new client")
                .isEqualTo(OTHER_ID);
        assertThat(acmp.clients()).containsOnlyKeys(had, OTHER_ID);
    }

    @Test
    void anInvalidClientIsNotAdded() {
        assertThatThrownBy(() -> acmp.putClient(Map.of("ComputerName", ""))).hasMessageContaining("ComputerName");
        assertThatThrownBy(() -> acmp.putClient(Map.of("ComputerName", "x", "Colour", "red")))
                .hasMessageContaining("Colour");
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void deletingAClientDeletesItsMobileDevice() {
        caller.ask(clients(client(ID, "PC-1"), client(OTHER_ID, "PC-2")));
        caller.ask(device(ID));

        assertThat(refusal(caller.ask(delete(ID)), 0)).isEqualTo("OK");
        assertThat(acmp.clients()).containsOnlyKeys(OTHER_ID);
        assertThat(acmp.mobileDevices()).isEmpty();
        refusal(caller.ask(whoIs(NONE, "PC-1", "contoso.example")), 26);
        refusal(caller.ask(device(ID)), 26);
    }

    @Test
    void oneUnknownClientPreventsTheWholeDeletion() {
        caller.ask(clients(client(ID, "PC-1")));
        assertThat(refusal(caller.ask(delete(ID, OTHER_ID)), 26)).contains(OTHER_ID);
        assertThat(refusal(caller.ask(delete(ID, "PC-1")), 35)).contains("PC-1");
        assertThat(acmp.clients()).containsOnlyKeys(ID);
    }

    @Test
    void anOperatorCanDeleteAClient() {
        caller.ask(clients(client(ID, "PC-1")));
        acmp.deleteClient(ID);
        assertThat(refusal(caller.ask(device(ID)), 26)).contains(ID);
        assertThat(acmp.timesSaved(ID)).as("what was").isEqualTo(1);
        assertThatThrownBy(() -> acmp.deleteClient(ID)).hasMessageContaining(ID);
    }

    private static String whoIs(String directoryId, String name, String domain) {
        return icql("GetClientId", "1", "<ActiveDirectoryObjectId>" + directoryId
                + "</ActiveDirectoryObjectId><ComputerName>" + name + "</ComputerName><ComputerDomain>" + domain
                + "</ComputerDomain>");
    }

    private static String delete(String... ids) {
        return icql("DeleteClients", "1",
                "<ClientIds><string>" + String.join("</string><string>", ids) + "</string></ClientIds>");
    }
}
