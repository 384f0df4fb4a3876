package io.acmpintune.engine.mapping;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.model.device.Device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MappingFileTest {

    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");

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
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            { property: colour }                                | a device has no property 'colour'; properties have Graph's names
            { property: deviceName.first }                      | a device has no property 'deviceName.first'
            { property: [deviceName, colour] }                  | a device has no property 'colour'
            { property: deviceName, as: shout }                 | 'shout' is not one of text, guid, date, number, boolean, domain, results, enabled
            { property: deviceName, default: x }                | 'default' is not known in field Field; known are as, constant, max-length, otherwise, property, table
            { property: deviceName, constant: x }               | field Field has a constant and more; a constant stands alone
            { constant: x, max-length: 3 }                      | field Field has a constant and more; a constant stands alone
            { as: text }                                        | field Field has neither property nor constant
            { constant: [a, b] }                                | constant must be a single value
            { property: { a: b } }                              | property must be a single value
            { property: deviceName, max-length: 0 }             | max-length must be a number from 1 to 999999
            { property: deviceName, max-length: many }          | max-length must be a number from 1 to 999999
            { property: deviceName, table: [a] }                | table of Field must be a mapping of keys to values
            { property: deviceName, property: id }              | 'property' stands twice in field Field
            deviceName                                          | field Field must be a mapping of keys to values
            """)
    void whatCannotBeUsedInAFieldIsNamedWithFileAndLine(String rule, String reason) {
        assertThatThrownBy(() -> MappingFile.read("own.yml", file(rule))).isInstanceOf(MappingFault.class)
                .hasMessageStartingWith("own.yml, line 5: " + reason);
    }

    @Test
    void aFieldThatStandsTwiceIsNamed() {
        assertThatThrownBy(() -> MappingFile.read("own.yml", """
                client:
                  ClientId: { property: clientId }
                  ComputerName: { property: deviceName }
                  ComputerName: { property: id }
                """)).hasMessage("own.yml, line 4: 'ComputerName' stands twice in section client");
    }

    @Test
    void aNameThatNoFieldCanHaveIsNamed() {
        assertThatThrownBy(() -> MappingFile.read("own.yml", """
                client:
                  ClientId: { property: clientId }
                  Computer Name: { property: deviceName }
                mobile-device:
                  ClientId: { property: clientId }
                """)).isInstanceOf(MappingFault.class).hasMessageStartingWith("own.yml, line 3: 'Computer Name'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client                                      | own.yml, line 1: the file must be a mapping of keys to values
            clients: {}                                 | own.yml, line 1: 'clients' is not known in the file; known are client, mobile-device
            client: { ClientId: { property: clientId }} | own.yml: has no section 'mobile-device'
            client: { Name: { property: id } }          | own.yml, line 1: section client has no field ClientId, by which ACMP knows the client
            client: []                                  | own.yml, line 1: section client must be a mapping of keys to values
            '# nothing'                                 | own.yml: is empty; it needs the sections client and mobile-device
            """)
    void aFileThatLacksAPartSaysWhich(String text, String message) {
        String yaml = text.startsWith("client: { Name")
                ? text + "\nmobile-device: { ClientId: { property: clientId } }"
                : text;
        assertThatThrownBy(() -> MappingFile.read("own.yml", yaml)).isInstanceOf(MappingFault.class)
                .hasMessage(message);
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> MappingFile.read("own.yml", "client:\n  ClientId: { property: clientId\n"))
                .isInstanceOf(MappingFault.class)
                .hasMessageStartingWith("own.yml, line ")
                .hasMessageContaining("is not YAML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client: \u0007", "client: &a [ *b ]", "a: 1\n---\nb: 2"})
    void whatNoYamlReaderTakesIsNamedToo(String text) {
        assertThatThrownBy(() -> MappingFile.read("own.yml", text)).isInstanceOf(MappingFault.class)
                .hasMessageStartingWith("own.yml")
                .hasMessageContaining("is not YAML");
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
