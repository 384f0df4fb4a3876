package io.acmpintune.engine.mapping;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.ExpectedInAcmp;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.matching.ClientIds;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.OwnerType;

import static org.assertj.core.api.Assertions.assertThat;

/** Each of the six devices that administrators showed, field by field. */
class ObservedDevicesTest {

    /** Gives access to a running session, so it is never mapped. */
    private static final Set<String> NOT_SENT = Set.of("RemoteAssistanceSessionUrl");

    private static final Set<String> PERSONAL = Set.of("ManagedDeviceName", "UserId", "UserPrincipalName",
            "UserDisplayName", "EmailAddress", "PhoneNumber");

    private final Mapping mapping = Mappings.tellingAll();
    private final Map<String, ExpectedInAcmp> expected = ExpectedInAcmp.all();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void everyFieldOfAnObservedDeviceIsAsExpected(int number) {
        Device device = Devices.observed().get(number);
        ExpectedInAcmp wanted = expected.getOrDefault(device.id().value(), new ExpectedInAcmp(Map.of(), Map.of()));

        MappedClient mapped = mapping.map(device, ClientIds.derive(Devices.TENANT, device.id()), false);

        assertThat(mapped.client().fields()).containsExactlyInAnyOrderEntriesOf(wanted.client());
        Map<String, String> sent = new TreeMap<>(wanted.mobileDevice());
        sent.keySet().removeAll(NOT_SENT);
        assertThat(mapped.mobileDevice().fields()).containsExactlyInAnyOrderEntriesOf(sent);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void byDefaultAPersonallyOwnedOneLacksItsPersonalFieldsAndNoOther(int number) {
        Device device = Devices.observed().get(number);
        var id = ClientIds.derive(Devices.TENANT, device.id());
        MappedClient whole = mapping.map(device, id, false);

        MappedClient mapped = Mappings.standard().map(device, id, false);

        Map<String, String> wanted = new TreeMap<>(whole.mobileDevice().fields());
        if (OwnerType.PERSONAL.equals(device.managedDeviceOwnerType())) {
            PERSONAL.forEach(field -> wanted.put(field, ""));
        }
        assertThat(mapped.mobileDevice().fields()).containsExactlyInAnyOrderEntriesOf(wanted);
        assertThat(mapped.client()).isEqualTo(whole.client());
    }

    @Test
    void oneOfTheSixIsPersonalAndHasAllPersonalFieldsButTheUsersId() {
        assertThat(Devices.observed())
                .filteredOn(device -> OwnerType.PERSONAL.equals(device.managedDeviceOwnerType()))
                .singleElement()
                .satisfies(
                        device -> assertThat(mapping.map(device, ClientIds.derive(Devices.TENANT, device.id()), false)
                                .mobileDevice()
                                .fields()).extractingByKeys(PERSONAL.toArray(String[]::new))
                                .filteredOn(String::isEmpty)
                                .hasSize(1));
    }

    @Test
    void nothingOfTheSixHasToBeReplacedOrCut() {
        assertThat(Devices.observed()).allSatisfy(device -> {
            MappedClient mapped = mapping.map(device, ClientIds.derive(Devices.TENANT, device.id()), false);
            assertThat(mapped.replacedCharacters()).isZero();
            assertThat(mapped.cutTexts()).isZero();
        });
    }

    @Test
    void allSixAreExpectedWithEveryFieldOfBothCommands() {
        assertThat(expected).hasSize(6)
                .containsOnlyKeys(Devices.observed().stream().map(device -> device.id().value()).toList());
        assertThat(expected.values()).allSatisfy(device -> {
            assertThat(device.client()).hasSize(9);
            assertThat(device.mobileDevice()).hasSize(57);
        });
    }

    @Test
    void aRemovedDeviceKeepsItsFieldsAndIsMarked() {
        Device device = Devices.observed().getFirst();
        var id = ClientIds.derive(Devices.TENANT, device.id());

        var active = mapping.map(device, id, false).mobileDevice().fields();
        var removed = mapping.map(device, id, true).mobileDevice().fields();

        Set<String> changed = new TreeSet<>(active.keySet());
        changed.removeIf(field -> active.getOrDefault(field, "").equals(removed.get(field)));
        assertThat(changed).containsExactly("RecordState");
        assertThat(removed).containsEntry("RecordState", "removed");
    }
}
