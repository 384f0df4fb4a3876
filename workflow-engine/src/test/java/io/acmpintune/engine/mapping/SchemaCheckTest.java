package io.acmpintune.engine.mapping;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.SchemaField;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** A field is written as its name, with an exclamation mark where it is mandatory. */
class SchemaCheckTest {

    private static final Mapping MAPPING = MappingFile.read("own.yml", """
            client:
              ClientId: { property: clientId, as: guid }
              ComputerName: { property: deviceName }
            mobile-device:
              ClientId: { property: clientId, as: guid }
              SerialNumber: { property: serialNumber }
              Model:
                property: model
            """);
    private static final List<SchemaField> CLIENT = fields("ClientId", "ComputerName!");
    private static final List<SchemaField> DEVICE = fields("ClientId!", "SerialNumber", "Model");

    @Test
    void theHighestVersionThatTheMappingSatisfiesIsChosen() {
        var check = SchemaCheck.of(MAPPING,
                offered(Map.of(1, CLIENT, 2, fields("ClientId", "ComputerName!", "Location"), 3,
                        fields("ClientId", "ComputerName!", "Location!"))),
                offered(Map.of(1, DEVICE, 2, fields("ClientId!", "SerialNumber", "ModelName"))));

        assertThat(check).asInstanceOf(type(SchemaCheck.Fits.class)).satisfies(fits -> {
            assertThat(fits.client()).isEqualTo(
                    new ChosenVersion(2, List.of("ClientId", "ComputerName", "Location")));
            assertThat(fits.mobileDevice().version()).isEqualTo(1);
        });
    }

    @Test
    void aFieldThatNoVersionKnowsIsNamedWithItsLineAndTheNearestOne() {
        assertThat(faults(offered(Map.of(1, CLIENT)),
                offered(Map.of(1, fields("ClientId!", "SerialNo", "Modell", "Vendor"))))).containsExactly(
                        new MappingFault("own.yml", 6, "ACMP's SaveMobileDevices version 1 has no field SerialNumber",
                                "Rename it to SerialNo, or remove it"),
                        new MappingFault("own.yml", 7, "ACMP's SaveMobileDevices version 1 has no field Model",
                                "Rename it to Modell, or remove it"));
    }

    @Test
    void aFieldLikeNoOtherIsNamedWithAllThatThereAre() {
        assertThat(faults(offered(Map.of(1, CLIENT)), offered(Map.of(1, fields("ClientId", "SerialNumber")))))
                .containsExactly(
                        new MappingFault("own.yml", 7, "ACMP's SaveMobileDevices version 1 has no field Model",
                                "Remove it; known are ClientId, SerialNumber"));
    }

    @Test
    void aMandatoryFieldThatIsNotMappedIsNamedWithALineToAdd() {
        assertThat(faults(offered(Map.of(1, fields("ClientId", "ComputerName!", "MacAddress!", "Notes"))),
                offered(Map.of(1, DEVICE)))).containsExactly(
                        new MappingFault("own.yml", 1,
                                "ACMP's SaveClients version 1 needs the field MacAddress, which is not mapped",
                                "Add a line such as MacAddress: { property: deviceName }, with the property that fits"));
    }

    @Test
    void theFaultsOfTheClosestVersionAreReported() {
        assertThat(faults(offered(Map.of(1, fields("ClientId", "ComputerName", "A!"), 2,
                fields("ClientId", "ComputerName", "A!", "B!"))), offered(Map.of(1, DEVICE)))).singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("version 1").contains("A"));
        assertThat(faults(offered(Map.of(1, fields("ClientId", "ComputerName", "A!"), 2,
                fields("ClientId", "ComputerName", "B!"))), offered(Map.of(1, DEVICE)))).singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("version 2").contains("B"));
    }

    @Test
    void faultsOfBothCommandsAreNamedAtOnce() {
        assertThat(faults(offered(Map.of()), offered(Map.of(1, fields("ClientId", "SerialNumber", "Model", "X!")))))
                .extracting(MappingFault::reason)
                .containsExactly("ACMP has no command SaveClients, which section client is for",
                        "ACMP's SaveMobileDevices version 1 needs the field X, which is not mapped");
    }

    @Test
    void whereNothingIsDescribedVersionOneIsTakenOnTrust() {
        var check = SchemaCheck.of(MAPPING, offered(Map.of(1, List.of(), 2, List.of())),
                offered(Map.of(2, List.of(), 3, List.of())));

        assertThat(check).isEqualTo(
                new SchemaCheck.Fits(new ChosenVersion(1, List.of()), new ChosenVersion(2, List.of())));
    }

    @Test
    void whereOneVersionIsDescribedAFaultIsNotHiddenByAnother() {
        assertThat(faults(offered(Map.of(1, CLIENT)),
                offered(Map.of(1, List.of(), 2, fields("ClientId", "SerialNumber"))))).singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("version 2"));
    }

    @Test
    void aFieldOfASectionThatIsNotInTheFileIsNamedInTheDefaultFile() {
        Mapping mapping = MappingFile.read("own.yml", """
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                """);

        assertThat(SchemaCheck.of(mapping, offered(Map.of(1, CLIENT)), offered(Map.of(1, DEVICE))))
                .asInstanceOf(type(SchemaCheck.Unfit.class))
                .satisfies(unfit -> assertThat(unfit.faults()).hasSize(7)
                        .allSatisfy(fault -> assertThat(fault.finding()).startsWith("the default file, line ")));
    }

    @Test
    void recordsAreWrittenInTheOrderOfTheSchema() {
        ChosenVersion version = new ChosenVersion(1, List.of("ClientId", "SerialNumber", "IMEI", "Model"));

        assertThat(version.ordered(record("Model", "ClientId", "SerialNumber")).fields().keySet())
                .containsExactly("ClientId", "SerialNumber", "Model");
        assertThat(version.ordered(record("Model", "Unknown", "ClientId")).fields().keySet())
                .containsExactly("ClientId", "Model", "Unknown");
        assertThat(new ChosenVersion(1, List.of()).ordered(record("Model", "ClientId")).fields().keySet())
                .containsExactly("Model", "ClientId");
        assertThat(version.ordered(record("Model", "ClientId")).text("Model")).isEqualTo("text of Model");
    }

    private static IcqlRecord record(String... names) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        Arrays.stream(names).forEach(name -> fields.put(name, "text of " + name));
        return new IcqlRecord(fields);
    }

    private static List<MappingFault> faults(OfferedVersions client, OfferedVersions mobileDevice) {
        return assertThat(SchemaCheck.of(MAPPING, client, mobileDevice))
                .asInstanceOf(type(SchemaCheck.Unfit.class))
                .actual()
                .faults();
    }

    private static OfferedVersions offered(Map<Integer, List<SchemaField>> versions) {
        return new OfferedVersions(new TreeMap<>(versions));
    }

    private static List<SchemaField> fields(String... names) {
        return Arrays.stream(names)
                .map(name -> new SchemaField(name.replace("!", ""), name.endsWith("!")))
                .toList();
    }
}
