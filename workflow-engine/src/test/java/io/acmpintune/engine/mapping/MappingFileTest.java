package io.acmpintune.engine.mapping;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MappingFileTest {

    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");

    @Test
    void whatWasReadOfADeviceByItselfIsMappedLikeTheRest() {
        Device device = Devices.named("a", "PHONE");
        DeviceDetails details = new DeviceDetails("00-15-5D-00-00-01", "8949020000", "spare", 4_294_967_296L, null);

        assertThat(Mappings.standard().map(device, details, CLIENT, false).mobileDevice().fields())
                .containsEntry("EthernetMacAddress", "00-15-5D-00-00-01")
                .containsEntry("ICCID", "8949020000")
                .containsEntry("Notes", "spare")
                .containsEntry("PhysicalMemoryBytes", "4294967296")
                .containsEntry("UDID", "");
        assertThat(Mappings.standard().map(device, CLIENT, false).mobileDevice().fields()).containsEntry("ICCID", "")
                .containsEntry("PhysicalMemoryBytes", "0");
    }

    @Test
    void theMappingInTheJarSendsAllClientFieldsInAagonsOrder() {
        MappedClient mapped = Mappings.standard().map(Devices.named("a", "PHONE"), CLIENT, false);

        assertThat(mapped.client().fields().keySet()).containsExactly("ClientId", "ComputerName", "ComputerDomain",
                "MacAddress", "ComputerSid", "ActiveDirectoryObjectId", "ClientType", "PrimaryIP", "DisplayIP");
        assertThat(mapped.client().text("ClientId")).isEqualTo("{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}");
        assertThat(mapped.mobileDevice().fields().keySet()).startsWith("ClientId", "IntuneDeviceId")
                .endsWith("RecordState");
    }

    @Test
    void anotherTextIsAnotherMapping() {
        String text = Mappings.standardText();

        assertThat(MappingFile.read("a", text).digest()).isEqualTo(Mappings.standard().digest());
        assertThat(MappingFile.read("a", text + "# changed\n").digest()).isNotEqualTo(Mappings.standard().digest());
    }

    @Test
    void aDeviceWithoutANameIsNamedByWhatItHas() {
        Mapping mapping = Mappings.standard();

        assertThat(name(mapping, "{\"id\":\"a1\",\"managedDeviceName\":\"anna_IPhone\"}")).isEqualTo("anna_IPhone");
        assertThat(name(mapping, "{\"id\":\"a1\"}")).isEqualTo("a1");
    }

    @ParameterizedTest
    @CsvSource({"Android, ctAndroid", "androidforwork, ctAndroid", "IPADOS, ctIOS", "macOS, ctMacOS",
            "Windows, ctWindows",
            "Linux, ctLinux", "ChromeOS, ctOther", "'', ctOther"})
    void aTableDoesNotMindCaseAndHasAnAnswerForTheRest(String system, String type) {
        Device device = Devices.of("{\"id\":\"a\",\"operatingSystem\":\"" + system + "\"}");

        assertThat(Mappings.standard().map(device, CLIENT, false).client().text("ClientType")).isEqualTo(type);
    }

    @Test
    void aTableWithoutAnswerForTheRestLeavesTheRestAsItIs() {
        Mapping mapping = MappingFile.read("m.yml", file("{ property: jailBroken, table: { Unknown: '' } }"));

        assertThat(field(mapping, "{\"id\":\"a\",\"jailBroken\":\"unknown\"}")).isEmpty();
        assertThat(field(mapping, "{\"id\":\"a\",\"jailBroken\":\"True\"}")).isEqualTo("True");
    }

    @Test
    void aLongTextIsCutWhereTheMappingSays() {
        String longName = "x".repeat(300);

        assertThat(field(MappingFile.read("m.yml", file("{ property: deviceName }")),
                "{\"id\":\"a\",\"deviceName\":\"" + longName + "\"}")).hasSize(255);
        assertThat(field(MappingFile.read("m.yml", file("{ property: deviceName, max-length: 299 }")),
                "{\"id\":\"a\",\"deviceName\":\"" + longName + "\"}")).hasSize(299);
    }

    @Test
    void anEntryOfAPropertyIsReadByItsName() {
        Mapping mapping = MappingFile.read("m.yml",
                file("{ property: deviceHealthAttestationState.secureBoot, as: text }"));

        assertThat(field(mapping, "{\"id\":\"a\",\"deviceHealthAttestationState\":{\"secureBoot\":\"enabled\"}}"))
                .isEqualTo("enabled");
        assertThat(field(mapping, "{\"id\":\"a\"}")).isEmpty();
    }

    @Test
    void whatUsersTypeIsMadeWritable() {
        Mapping mapping = MappingFile.read("m.yml", file("{ property: deviceName }"));

        assertThat(field(mapping, "{\"id\":\"a\",\"deviceName\":\"a\\u0001\\ud83d\"}")).isEqualTo("a\uFFFD\uFFFD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            { property: colour }                                | a device has no property 'colour'                  | Use one of Graph's names
            { property: devicename }                            | a device has no property 'devicename'              | Did you mean deviceName?
            { property: deviceName.first }                      | a device has no property 'deviceName.first'        | Use one of Graph's names
            { property: [deviceName, colour] }                  | a device has no property 'colour'                  | Use one of Graph's names
            { property: [] }                                    | the list of properties is empty                    | Write { property: deviceName }
            { property: deviceName, as: shout }                 | 'shout' is not a transform                         | Use one of text, guid, date, number, megabytes, gigabytes, boolean, domain, results, enabled
            { property: deviceName, as: date }                  | field Field cannot write deviceName as date        | Use as: text, guid, domain
            { property: deviceActionResults }                   | field Field cannot write deviceActionResults as text | Use as: results
            { property: [id, isEncrypted], as: guid }           | field Field cannot write isEncrypted as guid       | Use as: text, boolean
            { property: deviceHealthAttestationState }          | field Field cannot write deviceHealthAttestationState as text | Name one of its entries
            { property: deviceName, default: x }                | 'default' is not known in field Field              | Known are as, constant, max-length, otherwise, property, routine, table
            { property: deviceName, tabel: { a: b } }           | 'tabel' is not known in field Field                | Did you mean table?
            { property: deviceName, constant: x }               | field Field has a constant and more                | Leave the constant alone
            { constant: x, routine: true }                      | field Field has a constant and more                | Leave the constant alone
            { as: text }                                        | field Field has neither property nor constant      | Write { property: deviceName }, or { constant: "a text" }
            {}                                                  | field Field has neither property nor constant      | Write { property: deviceName }
            { constant: [a, b] }                                | constant is not a single value                     | Write one text
            { constant: "\\a" }                                 | constant has a character that XML cannot carry     | Remove the control character
            { property: { a: b } }                              | property is not a single value                     | Write one text
            { property: deviceName, max-length: 0 }             | max-length is not a number from 1 to 999999        | Set the length of ACMP's field
            { property: deviceName, max-length: many }          | max-length is not a number from 1 to 999999        | Set the length of ACMP's field
            { property: id, as: guid, max-length: 9 }           | max-length would cut a value that is written as guid | it goes with text, domain, results, enabled
            { property: deviceName, table: [a] }                | table of Field is not a mapping of keys to values  | Android: ctAndroid
            { property: deviceName, table: { a: b, A: c } }     | 'A' is listed twice in table of Field              | Remove one
            { property: deviceName, otherwise: x }              | field Field has otherwise without a table          | Add table
            { property: deviceName, routine: maybe }            | routine of Field is neither true nor false         | Write true
            { property: deviceName, property: id }              | 'property' is listed twice in field Field             | the first is in line 5
            deviceName                                          | field Field is not a mapping of keys to values     | Write { property: deviceName }
            """)
    void whatCannotBeUsedInAFieldIsNamedWithLineAndRemedy(String rule, String reason, String remedy) {
        assertThat(faults(file(rule))).singleElement().satisfies(fault -> {
            assertThat(fault.finding()).startsWith("own.yml, line 5: " + reason);
            assertThat(fault.remedy()).contains(remedy);
        });
    }

    @Test
    void allFaultsOfAFileAreNamedAtOnceInTheOrderOfTheirLines() {
        assertThat(faults("""
                client:
                  ClientId: { constant: "1" }
                  Computer Name: { property: deviceName }
                  MacAddress:
                    property: wifiMac
                    as: loud
                    max-length: -1
                mobile-devices: {}
                mobile-device:
                  DeviceName: { property: deviceName, as: boolean }
                  DeviceName: { property: id }
                """)).extracting(MappingFault::finding)
                .containsExactly("own.yml, line 2: ClientId is not the client's ID, which identifies it in ACMP",
                        "own.yml, line 3: 'Computer Name' cannot be the name of an ICQL field",
                        "own.yml, line 5: a device has no property 'wifiMac'",
                        "own.yml, line 6: 'loud' is not a transform",
                        "own.yml, line 7: max-length is not a number from 1 to 999999",
                        "own.yml, line 8: 'mobile-devices' is no section of a mapping",
                        "own.yml, line 9: section mobile-device has no field ClientId, which identifies the client in ACMP",
                        "own.yml, line 10: field DeviceName cannot write deviceName as boolean",
                        "own.yml, line 11: 'DeviceName' is listed twice in section mobile-device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ constant: x }", "{ property: id }", "{ property: [clientId, id] }",
            "{ property: clientId, table: { a: b } }", "{ property: clientId, max-length: 37 }"})
    void aClientIdThatIsNotTheClientsIsNamed(String rule) {
        assertThat(faults("client:\n  ClientId: " + rule)).extracting(MappingFault::finding)
                .containsExactly("own.yml, line 2: ClientId is not the client's ID, which identifies it in ACMP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client                                      | own.yml, line 1: the file is not a mapping of keys to values
            clients: {}                                 | own.yml, line 1: 'clients' is no section of a mapping
            client: { Name: { property: id } }          | own.yml, line 1: section client has no field ClientId, which identifies the client in ACMP
            client: []                                  | own.yml, line 1: section client is not a mapping of keys to values
            '# nothing'                                 | own.yml: is empty
            {}                                          | own.yml: is empty
            """)
    void aFileThatLacksAPartSaysWhich(String text, String finding) {
        assertThat(faults(text)).extracting(MappingFault::finding).containsExactly(finding);
    }

    @Test
    void aSectionThatTheFileLacksIsTheDefaultOne() {
        Device device = Devices.named("a", "PHONE");
        MappedClient standard = Mappings.standard().map(device, CLIENT, false);

        Mapping clientOnly = MappingFile.read("own.yml", """
                client:
                  ClientId: { property: clientId, as: guid }
                """);
        Mapping deviceOnly = MappingFile.read("own.yml", """
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                """);

        assertThat(clientOnly.map(device, CLIENT, false).client().fields()).containsOnlyKeys("ClientId");
        assertThat(clientOnly.map(device, CLIENT, false).mobileDevice()).isEqualTo(standard.mobileDevice());
        assertThat(deviceOnly.map(device, CLIENT, false).client()).isEqualTo(standard.client());
        assertThat(deviceOnly.map(device, CLIENT, false).mobileDevice().fields()).containsOnlyKeys("ClientId");
        assertThat(clientOnly.digest()).isNotEqualTo(deviceOnly.digest());
    }

    @Test
    void aRoutineFieldIsNoPartOfWhatIsStable() {
        Mapping mapping = MappingFile.read("own.yml", """
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                  Name: { property: deviceName }
                  Seen: { property: lastSyncDateTime, as: date, routine: true }
                  Kept: { property: id, routine: false }
                """);
        MappedClient mapped = mapping.map(Devices.named("a", "PHONE"), CLIENT, false);

        assertThat(mapped.mobileDevice().fields()).containsKey("Seen");
        assertThat(mapped.stable()).containsKeys("client.ClientId", "client.ComputerName", "mobile-device.ClientId")
                .containsEntry("mobile-device.Name", "PHONE")
                .containsEntry("mobile-device.Kept", "a")
                .doesNotContainKey("mobile-device.Seen");
    }

    @Test
    void theMappingInTheJarTakesForRoutineWhatChangesByItself() {
        MappedClient mapped = Mappings.standard().map(Devices.named("a", "PHONE"), CLIENT, false);

        assertThat(mapped.mobileDevice().fields().keySet())
                .filteredOn(field -> !mapped.stable().containsKey("mobile-device." + field))
                .containsExactly("LastSyncDate", "ExchangeLastSyncDate", "FreeStorageBytes", "DeviceActions");
        assertThat(mapped.client().fields().keySet())
                .allMatch(field -> mapped.stable().containsKey("client." + field));
    }

    @Test
    void whatWasReplacedAndCutIsCountedOverBothRecords() {
        Mapping mapping = MappingFile.read("own.yml", """
                client:
                  ClientId: { property: clientId, as: guid }
                  ComputerName: { property: deviceName, max-length: 3 }
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                  DeviceName: { property: deviceName }
                  Model: { property: model, max-length: 2 }
                  Maker: { property: manufacturer, max-length: 2 }
                """);
        MappedClient mapped = mapping.map(Devices.of(
                "{\"id\":\"a\",\"deviceName\":\"x\\u0001yz\\ud83d\",\"model\":\"abc\",\"manufacturer\":\"ab\"}"),
                CLIENT,
                false);

        assertThat(mapped.client().text("ComputerName")).isEqualTo("x\uFFFDy");
        assertThat(mapped.mobileDevice().text("DeviceName")).isEqualTo("x\uFFFDyz\uFFFD");
        assertThat(mapped.replacedCharacters()).isEqualTo(3);
        assertThat(mapped.cutTexts()).isEqualTo(2);
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertThat(faults("client:\n  ClientId: { property: clientId\n")).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isPositive();
            assertThat(fault.reason()).startsWith("is not YAML");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"client: \u0007", "client: &a [ *b ]", "a: 1\n---\nb: 2"})
    void whatNoYamlReaderTakesIsNamedToo(String text) {
        assertThat(faults(text)).singleElement()
                .satisfies(fault -> assertThat(fault.finding()).startsWith("own.yml").contains("is not YAML"));
    }

    private static List<MappingFault> faults(String text) {
        return assertThatExceptionOfType(InvalidMappingException.class)
                .isThrownBy(() -> MappingFile.read("own.yml", text))
                .actual()
                .faults();
    }

    private static String file(String rule) {
        return """
                client:
                  ClientId: { property: clientId, as: guid }
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                  Field: %s
                """.formatted(rule);
    }

    private static String field(Mapping mapping, String device) {
        return mapping.map(Devices.of(device), CLIENT, false).mobileDevice().text("Field");
    }

    private static String name(Mapping mapping, String device) {
        return mapping.map(Devices.of(device), CLIENT, false).client().text("ComputerName");
    }
}
