package io.acmpintune.simulator.acmp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.simulator.sics.Broker;

import static io.acmpintune.simulator.acmp.IcqlCaller.client;
import static io.acmpintune.simulator.acmp.IcqlCaller.clients;
import static io.acmpintune.simulator.acmp.IcqlCaller.icql;
import static io.acmpintune.simulator.acmp.IcqlCaller.id;
import static io.acmpintune.simulator.acmp.IcqlCaller.names;
import static io.acmpintune.simulator.acmp.IcqlCaller.refusal;
import static io.acmpintune.simulator.acmp.IcqlCaller.with;
import static org.assertj.core.api.Assertions.assertThat;

class AcmpServerTest {

    private static final String ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";
    private static final String OTHER_ID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030D}";

    private static final String FIELDS = """
            ClientId IntuneDeviceId DeviceName ManagedDeviceName OperatingSystem OSVersion AndroidSecurityPatchLevel
            Manufacturer Model SerialNumber IMEI MEID ICCID UDID WiFiMacAddress EthernetMacAddress SubscriberCarrier
            PhoneNumber UserId UserPrincipalName UserDisplayName EmailAddress OwnerType ComplianceState
            ComplianceGracePeriodExpiration ManagementState ManagementAgent EnrollmentType EnrollmentProfileName
            RegistrationState DeviceCategory EntraDeviceId EntraRegistered EnrolledDate LastSyncDate
            ManagementCertificateExpiration IsEncrypted IsSupervised UserEnrollmentApprovalRequired JailBroken ThreatState
            EasActivated EasDeviceId EasActivationDate ExchangeAccessState ExchangeAccessStateReason ExchangeLastSyncDate
            TotalStorageBytes FreeStorageBytes PhysicalMemoryBytes RemoteAssistanceSessionUrl
            RemoteAssistanceSessionErrorDetails Notes HealthAttestationStatus ConfigurationManagerFeatures DeviceActions
            RecordState
            """;

    private final Broker broker = new Broker();
    private final AcmpServer acmp = AcmpServer.connect(broker, "acmp", "acmp");
    private final AcmpServer second = AcmpServer.connect(broker, "acmp", "second");
    private final IcqlCaller caller = new IcqlCaller(broker, "acmp", "acmp");

    @AfterEach
    void disconnect() {
        acmp.close();
        second.close();
    }

    @Test
    void aClientIsCreatedWithTheGivenId() {
        String reply = save(client(ID, "PC-1"));

        assertThat(reply).startsWith("<ICQL xmlns=\"http://acmp.com/SaveClientsResponse_V1\">")
                .contains("<SaveClients ActionType=\"Response\" version=\"1\"><TSaveClientsResponse_V1")
                .contains("<ClientId>" + ID + "</ClientId>")
                .doesNotContain("ResultCode");
        assertThat(acmp.client(ID)).contains(client(ID, "PC-1"));
        assertThat(second.clientCount()).as("another server").isZero();
    }

    @Test
    void aKnownClientIsUpdated() {
        save(client(ID, "PC-1"));
        save(client(ID, "PC-1-new"));
        assertThat(acmp.clients()).containsOnlyKeys(ID);
        assertThat(acmp.client(ID)).hasValueSatisfying(c -> assertThat(c).containsEntry("ComputerName", "PC-1-new"));
        assertThat(id(save(with(client("", "PC-1-NEW"), "ComputerDomain", "CONTOSO.example")))).isEqualTo(ID);
        assertThat(id(save(with(client("", "PC-1"), "ComputerDomain", "contoso.example"))))
                .as("the name it had before")
                .isNotEqualTo(ID);
    }

    @Test
    void withoutIdTheDirectoryObjectDecidesAndThenNameAndDomain() {
        String directory = "{11111111-ADC1-4B9D-BDB8-87564B94030C}";
        save(with(client(ID, "PC-1"), "ActiveDirectoryObjectId", directory));
        save(client(OTHER_ID, "PC-2"));

        assertThat(id(save(with(client("", "PC-2"), "ActiveDirectoryObjectId", directory)))).isEqualTo(ID);
        assertThat(id(save(client("", "pc-9")))).isNotIn(ID, OTHER_ID).matches("\\{[0-9A-F-]{36}}");
        assertThat(acmp.clientCount()).isEqualTo(3);
    }

    @Test
    void idsAreReturnedInTheOrderOfTheRequest() {
        String reply = save(client(OTHER_ID, "B"), client("", "new"), client(ID, "A"));
        Matcher ids = Pattern.compile("<ClientId>(.*?)</ClientId>").matcher(reply);
        assertThat(ids.results().map(m -> m.group(1)).toList()).hasSize(3).startsWith(OTHER_ID).endsWith(ID);
    }

    @Test
    void valuesAreKeptWhateverTheyContain() {
        String name = "  <A&B> {kiosk} \"x\" 'y' Größe 📱 ]]> \n ";
        save(client(ID, name));
        assertThat(acmp.client(ID)).hasValueSatisfying(c -> assertThat(c).containsEntry("ComputerName", name));
    }

    @ParameterizedTest
    @CsvSource({"ClientId,{b03d2ccd-adc1-4b9d-bdb8-87564b94030c}", "ClientId,B03D2CCD-ADC1-4B9D-BDB8-87564B94030C",
            "ActiveDirectoryObjectId,none", "ClientType,ctToaster", "ClientType,''", "ComputerName,''"})
    void aWronglyTypedValueIsRefusedByName(String field, String value) {
        assertThat(refusal(save(with(client(ID, "PC"), field, value)), 35)).contains("number 1", field);
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void aNameMayHave255Characters() {
        save(client(ID, "n".repeat(255)));
        assertThat(refusal(save(client(OTHER_ID, "n".repeat(256))), 35)).contains("ComputerName", "256", "255");
        assertThat(acmp.clients()).containsOnlyKeys(ID);
    }

    @Test
    void oneRefusedClientFailsTheWholeRequest() {
        String reply = save(client(ID, "good"), client(OTHER_ID, ""));
        assertThat(refusal(reply, 35)).contains("TClient_V1 number 2", "ComputerName");
        assertThat(reply).doesNotContain("<Clients>");
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void everyValueOfAClientMustBeSentOnceAndInOrder() {
        Map<String, String> client = client(ID, "PC");
        client.remove("PrimaryIP");
        assertThat(refusal(save(client), 35)).contains("PrimaryIP is missing");
        client.put("PrimaryIP", "");
        assertThat(refusal(save(client), 35)).contains("PrimaryIP must stand before DisplayIP");
        String twice = clients(client(ID, "PC")).replace("<DisplayIP></DisplayIP>",
                "<DisplayIP></DisplayIP><DisplayIP></DisplayIP>");
        assertThat(refusal(ask(twice), 35)).contains("DisplayIP was sent twice");
        Map<String, String> more = client(ID, "PC");
        more.put("Colour", "blue");
        assertThat(refusal(save(more), 35)).contains("TClient_V1 has no field Colour");
    }

    @Test
    void missingFieldsOfAMobileDeviceAreStoredAsEmpty() {
        save(client(ID, "PC"));
        String reply = ask(devices("<ClientId>" + ID + "</ClientId><IntuneDeviceId>i-1</IntuneDeviceId>"
                + "<EnrolledDate>2026-01-31T08:00:00.000Z</EnrolledDate><TotalStorageBytes>-1</TotalStorageBytes>"));

        assertThat(reply).contains("<TSaveMobileDevicesResponse_V1",
                "<ResultCode>0</ResultCode><ResultMessage>OK</ResultMessage>");
        Map<String, String> device = acmp.mobileDevice(ID).orElseThrow();
        assertThat(device.keySet()).containsExactly(FIELDS.strip().split("\\s+"));
        assertThat(device).containsEntry("IntuneDeviceId", "i-1")
                .containsEntry("EnrolledDate", "2026-01-31T08:00:00.000Z")
                .containsEntry("TotalStorageBytes", "-1")
                .containsEntry("LastSyncDate", "1899-12-30T00:00:00.000Z")
                .containsEntry("IsEncrypted", "false")
                .containsEntry("FreeStorageBytes", "0")
                .containsEntry("EntraDeviceId", "")
                .containsEntry("DeviceName", "")
                .containsEntry("RecordState", "active");
        assertThat(acmp.mobileDeviceCount()).isEqualTo(1);
        assertThat(acmp.mobileDevices()).containsEntry(ID, device);
    }

    @Test
    void aMobileDeviceOfAnUnknownClientFailsTheWholeRequest() {
        save(client(ID, "PC"));
        String known = "<ClientId>" + ID + "</ClientId><IntuneDeviceId>i-1</IntuneDeviceId>";
        String reply = ask(devices(known, known.replace(ID, OTHER_ID)));
        assertThat(refusal(reply, 26)).contains(OTHER_ID);
        assertThat(acmp.mobileDeviceCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EnrolledDate=2026-01-31", "EnrolledDate=2026-02-31T08:00:00.000Z",
            "EnrolledDate=2026-01-31T08:00:00Z", "EnrolledDate=", "IsEncrypted=True", "IsEncrypted=1", "IsEncrypted=",
            "TotalStorageBytes=", "TotalStorageBytes=1.5", "TotalStorageBytes=9223372036854775808", "EntraDeviceId=x",
            "RecordState=gone"})
    void aWronglyTypedFieldOfAMobileDeviceIsRefusedByName(String assignment) {
        save(client(ID, "PC"));
        String field = assignment.substring(0, assignment.indexOf('='));
        String value = assignment.substring(assignment.indexOf('=') + 1);
        String reply = ask(devices("<ClientId>" + ID + "</ClientId><IntuneDeviceId>i</IntuneDeviceId><" + field + ">"
                + value + "</" + field + ">"));
        assertThat(refusal(reply, 35)).contains(field + " is '" + value + "'");
        assertThat(acmp.mobileDeviceCount()).isZero();
    }

    @Test
    void theKeysOfAMobileDeviceAreMandatory() {
        assertThat(refusal(ask(devices("<ClientId>" + ID + "</ClientId>")), 35)).contains("IntuneDeviceId is missing");
        assertThat(refusal(ask(devices("<ClientId></ClientId><IntuneDeviceId>i</IntuneDeviceId>")), 35))
                .contains("ClientId must not be empty");
    }

    @Test
    void theReplyToMalformedXmlNamesTheCommand() {
        String good = clients(client(ID, "PC"));
        for (String bad : List.of(good.replace("</ClientType>", ""), good.replace("PC", "P&C"),
                good.replace("PC", "&#7;"),
                good.replace("PC", "\u0007"), good.replace("PC", "&name;"), good + "<more/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + good.replace("PC", "&e;"))) {
            String reply = ask(bad);
            assertThat(reply).contains("<SaveClients ActionType=\"Response\" version=\"1\"><TSaveClientsResponse_V1");
            assertThat(refusal(reply, 35)).contains("not well-formed");
        }
        assertThat(refusal(ask("no XML at all"), 35)).isNotEmpty();
        assertThat(acmp.clientCount()).isZero();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThat(refusal(caller.askRaw(clients(client(ID, "Größe")).getBytes(StandardCharsets.ISO_8859_1)), 35))
                .contains("UTF-8");
    }

    @Test
    void anEnvelopeOfAnotherShapeIsRefused() {
        String good = clients(client(ID, "PC"));
        assertThat(refusal(ask(good.replace("ICQL>", "IQL>")), 35)).contains("ICQL");
        assertThat(refusal(ask(good.replace("TSaveClientsRequest_V1", "TSaveClientsRequest_V2")), 35))
                .contains("TSaveClientsRequest_V1");
        assertThat(refusal(ask(good.replace("ActionType=\"Request\"", "ActionType=\"Response\"")), 35))
                .contains("ActionType");
        assertThat(refusal(ask(good.replace("Clients>", "Klients>").replace("SaveKlients", "SaveClients")), 35))
                .contains("Clients");
        assertThat(refusal(ask(good.replace("xsi:type=\"TClient_V1\"", "xsi:type=\"TClient_V2\"")), 35))
                .contains("xsi:type");
        assertThat(refusal(ask(good.replace("PC", "<b>PC</b>")), 35)).contains("ComputerName must contain text only");
    }

    @Test
    void namespacesAreIgnored() {
        ask(clients(client(ID, "PC")).replace("<ICQL>", "<ICQL xmlns=\"http://acmp.com/SaveClientsRequest_V1\">"));
        assertThat(acmp.clients()).containsOnlyKeys(ID);
    }

    @Test
    void anUnknownCommandOrVersionIsRefused() {
        assertThat(refusal(ask(icql("MakeCoffee", "1", "")), 35)).contains("MakeCoffee version 1");
        assertThat(refusal(ask(icql("SaveClients", "2", "<Clients/>")), 35)).contains("SaveClients version 2");
    }

    @Test
    void versionsOfKnownCommandsAreReturned() {
        String reply = ask(icql("GetCommandVersions", "1", names("SaveClients", "MakeCoffee", "SaveMobileDevices")));
        assertThat(reply)
                .containsSubsequence("<CommandVersions>",
                        "<CommandName>SaveClients</CommandName><Versions>1</Versions>",
                        "<CommandName>SaveMobileDevices</CommandName><Versions>1</Versions>", "</CommandVersions>",
                        "<ResultCode>0</ResultCode>")
                .doesNotContain("MakeCoffee");
    }

    @Test
    void schemasOfKnownCommandsAreReturned() {
        String reply = ask(icql("GetCommandSchemas", "1", names("SaveMobileDevices", "MakeCoffee")));
        assertThat(reply)
                .contains("<CommandName>SaveMobileDevices</CommandName><Schema>&lt;xs:schema",
                        "name=\"IntuneDeviceId\"",
                        "<ResultCode>0</ResultCode>")
                .doesNotContain("MakeCoffee");
    }

    @Test
    void commandsAreCounted() {
        save(client(ID, "PC"));
        save(client(ID, ""));
        assertThat(acmp.commandsReceived("SaveClients")).isEqualTo(2);
        assertThat(acmp.commandsReceived("SaveMobileDevices")).isZero();
    }

    private String ask(String icql) {
        return caller.ask(icql);
    }

    @SafeVarargs
    private String save(Map<String, String>... clients) {
        return ask(clients(clients));
    }

    private static String devices(String... devices) {
        var list = new StringBuilder("<MobileDevices>");
        for (String device : devices) {
            list.append("<TMobileDevice_V1>").append(device).append("</TMobileDevice_V1>");
        }
        return icql("SaveMobileDevices", "1", list + "</MobileDevices>");
    }
}
