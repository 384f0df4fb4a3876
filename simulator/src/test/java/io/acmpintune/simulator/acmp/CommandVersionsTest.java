package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.simulator.sics.Broker;

import static io.acmpintune.simulator.acmp.IcqlCaller.client;
import static io.acmpintune.simulator.acmp.IcqlCaller.clients;
import static io.acmpintune.simulator.acmp.IcqlCaller.icql;
import static io.acmpintune.simulator.acmp.IcqlCaller.names;
import static io.acmpintune.simulator.acmp.IcqlCaller.refusal;
import static io.acmpintune.simulator.acmp.IcqlCaller.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandVersionsTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";

    private final Broker broker = new Broker();
    private final AcmpServer acmp = AcmpServer.connect(broker, "acmp", "new",
            CommandVersions.parse("SaveClients:1,2,3;SaveMobileDevices:2;DeleteClients:"));
    private final IcqlCaller caller = new IcqlCaller(broker, "acmp", "new");

    @AfterEach
    void disconnect() {
        acmp.close();
    }

    @Test
    void offeredVersionsAreReturnedWithoutMissingCommands() {
        assertThat(caller.ask(icql("GetCommandVersions", "1",
                names("SaveClients", "SaveMobileDevices", "DeleteClients", "GetClientId"))))
                .contains("<CommandName>SaveClients</CommandName><Versions>1,2,3</Versions>",
                        "<CommandName>SaveMobileDevices</CommandName><Versions>2</Versions>",
                        "<CommandName>GetClientId</CommandName><Versions>1</Versions>")
                .doesNotContain("DeleteClients");
    }

    @Test
    void aRequestMustMatchTheTypeOfItsVersion() {
        Map<String, String> described = with(client(ID, "PC"), "Description", "spare");
        assertThat(refusal(caller.ask(clients(1, described)), 35)).contains("TClient_V1 has no field Description");
        assertThat(caller.ask(clients(2, described))).contains("<TSaveClientsResponse_V2",
                "<TClient_V2 xsi:type=\"TClient_V2\"><ClientId>" + ID, "<Description>spare</Description>");
        assertThat(acmp.client(ID)).contains(described);
        assertThat(caller.ask(clients(3, with(new LinkedHashMap<>(described), "Location", "Soest"))))
                .contains("<Location>Soest</Location>");
        caller.ask(clients(1, client(ID, "PC")));
        assertThat(acmp.client(ID)).as("what a request does not send is gone").contains(client(ID, "PC"));
    }

    @Test
    void aVersionThatIsNotOfferedIsRefused() {
        assertThat(refusal(caller.ask(IcqlCaller.device(ID)), 35)).contains("SaveMobileDevices version 1");
        assertThat(refusal(caller.ask(icql("DeleteClients", "1", "<ClientIds/>")), 35))
                .contains("DeleteClients version 1");
        acmp.offer(CommandVersions.first());
        assertThat(refusal(caller.ask(clients(2, client(ID, "PC"))), 35)).contains("SaveClients version 2");
    }

    @Test
    void theSchemaContainsEveryOfferedVersion() {
        assertThat(caller.ask(icql("GetCommandSchemas", "1", names("SaveClients", "SaveMobileDevices"))))
                .contains("name=\"TClient_V1\"", "name=\"TClient_V2\"", "name=\"TClient_V3\"",
                        "name=\"TSaveClientsRequest_V3\"",
                        "name=\"TMobileDevice_V2\"", "name=\"AutopilotEnrolled\"")
                .doesNotContain("name=\"TMobileDevice_V1\"");
    }

    @Test
    void everySimulatedVersionCanBeOffered() {
        assertThat(CommandVersions.all().of("SaveClients")).containsExactly(1, 2, 3);
        assertThat(CommandVersions.all().byCommand()).containsOnlyKeys(CommandVersions.first().byCommand().keySet());
        assertThat(CommandVersions.first().byCommand().values()).allSatisfy(v -> assertThat(v).containsExactly(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SaveClients           | SaveClients:1,2,3
            MakeCoffee:1          | MakeCoffee
            SaveClients:4         | 1 to 3
            SaveClients:0         | 1 to 3
            SaveClients:one       | one
            """)
    void unsimulatedCommandsAreRefusedByName(String versions, String words) {
        assertThatThrownBy(() -> CommandVersions.parse(versions)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
