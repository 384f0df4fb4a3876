package io.acmpintune.engine.mapping;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.workflow.PersonalDataPolicy;

import static org.assertj.core.api.Assertions.assertThat;

class PersonalDataTest {

    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");
    private static final List<String> PERSONAL = List.of("EmailAddress", "ManagedDeviceName", "PhoneNumber",
            "UserDisplayName", "UserId", "UserPrincipalName");
    private static final String DEVICE = """
            {"id":"a1","deviceName":"PHONE","managedDeviceName":"anna_iPhone","userId":"u1","emailAddress":"anna@mail.example",
            "userPrincipalName":"anna@contoso.example","userDisplayName":"Anna","phoneNumber":"+491","managedDeviceOwnerType":"%s"}
            """;

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, false, false, ''
            true,  false, false, ManagedDeviceName UserDisplayName UserId UserPrincipalName
            false, true,  false, EmailAddress
            false, false, true,  PhoneNumber
            """)
    void eachSwitchShowsItsFieldsOnly(boolean userName, boolean mail, boolean phoneNumber, String shown) {
        Map<String, String> fields = mobileDevice(new PersonalDataPolicy(userName, mail, phoneNumber), "personal");

        assertThat(PERSONAL.stream().filter(field -> !fields.getOrDefault(field, "").isEmpty()))
                .isEqualTo(shown.isEmpty() ? List.of() : List.of(shown.split(" ")));
        assertThat(fields).containsEntry("DeviceName", "PHONE").containsEntry("OwnerType", "personal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"company", "unknown", "unknownFutureValue", "somethingNew"})
    void nothingIsHiddenOfOtherDevices(String owner) {
        assertThat(mobileDevice(PersonalDataPolicy.STRICT, owner)).containsEntry("UserDisplayName", "Anna")
                .containsEntry("EmailAddress", "anna@mail.example")
                .containsEntry("PhoneNumber", "+491");
    }

    @Test
    void theDomainOfAUserIsShownSinceItIdentifiesNoPerson() {
        MappedClient mapped = Mappings.standard().map(Devices.of(DEVICE.formatted("personal")), CLIENT, false);

        assertThat(mapped.client().text("ComputerDomain")).isEqualTo("contoso.example");
        assertThat(mapped.toString() + mapped.stable()).doesNotContainIgnoringCase("anna");
    }

    @Test
    void anyFieldThatTakesAWithheldPropertyGetsTheNextOfItsList() {
        Mapping mapping = MappingFile.read("own.yml", """
                mobile-device:
                  ClientId: { property: clientId, as: guid }
                  Owner: { property: [userDisplayName, emailAddress, deviceName] }
                """);

        assertThat(mapping.map(Devices.of(DEVICE.formatted("personal")), CLIENT, false).mobileDevice().text("Owner"))
                .isEqualTo("PHONE");
    }

    @Test
    void anotherSwitchIsAnotherMapping() {
        String text = Mappings.standardText();

        assertThat(MappingFile.read("a", text, new PersonalDataPolicy(true, false, false)).digest())
                .isNotEqualTo(MappingFile.read("a", text, new PersonalDataPolicy(false, true, false)).digest())
                .isNotEqualTo(MappingFile.read("a", text).digest());
    }

    private static Map<String, String> mobileDevice(PersonalDataPolicy privacy, String owner) {
        return MappingFile.read("a", Mappings.standardText(), privacy)
                .map(Devices.of(DEVICE.formatted(owner)), CLIENT, false)
                .mobileDevice()
                .fields();
    }
}
