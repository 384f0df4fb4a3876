package io.acmpintune.simulator.graph;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceGeneratorTest {

    private static final Set<String> UNDECLARED = Set.of("androidEnterpriseDedicatedDevice",
            "androidEnterpriseFullyManaged",
            "androidAOSPUserlessDeviceEnrollment");

    private final List<Device> devices = new DeviceGenerator(42).devices(3000);
    private final List<Row> rows = devices.stream().map(Device::row).toList();

    @Test
    void aSeedAlwaysGeneratesTheSameDevices() {
        List<Device> again = new DeviceGenerator(42).devices(3000);
        for (int i = 0; i < devices.size(); i++) {
            assertThat(values(again.get(i))).isEqualTo(values(devices.get(i)));
            assertThat(again.get(i).silent()).isEqualTo(devices.get(i).silent());
        }
    }

    @Test
    void aSmallerTenantIsAPrefixOfALargerOne() {
        List<Device> few = new DeviceGenerator(42).devices(50);
        assertThat(few.stream().map(Device::id)).isEqualTo(devices.stream().limit(50).map(Device::id).toList());
        assertThat(new DeviceGenerator(42).devices(4)).hasSize(4);
    }

    @Test
    void anotherSeedGeneratesOtherDevicesExceptTheRecordedOnes() {
        Set<String> ids = devices.stream().map(Device::id).collect(Collectors.toSet());
        List<Device> others = new DeviceGenerator(43).devices(3000);
        assertThat(others.stream().map(Device::id).filter(ids::contains)).hasSize(6);
        assertThat(ids).hasSize(3000);
    }

    @Test
    void sortingAndFilteringAgreeWithTheRow() {
        for (Device device : devices) {
            assertThat(device.row().text(Column.ID)).isEqualTo(device.id());
            assertThat(device.row().text(Column.DEVICE_NAME)).isEqualTo(device.text(Column.DEVICE_NAME));
            assertThat(device.row().text(Column.LAST_SYNC_DATE_TIME))
                    .isEqualTo(device.text(Column.LAST_SYNC_DATE_TIME));
        }
    }

    @Test
    void everyRowHasEveryColumnExceptTheManagementState() {
        Set<Column> missing = rows.stream()
                .flatMap(row -> Arrays.stream(Column.values()).filter(column -> !row.has(column)))
                .collect(Collectors.toSet());
        assertThat(missing).containsExactly(Column.MANAGEMENT_STATE);
        assertSome(row -> row.has(Column.MANAGEMENT_STATE));
    }

    @Test
    void everyDateIsPresentAndParseable() {
        List<String> dates = rows.stream()
                .flatMap(row -> Arrays.stream(Column.values())
                        .filter(column -> column.kind() == Column.Kind.DATE)
                        .map(row::text))
                .toList();
        assertThat(dates).hasSize(6 * rows.size()).allSatisfy(date -> assertThat(Instant.parse(date)).isNotNull());
    }

    @Test
    void theTenantIsAsUntidyAsRealTenants() {
        assertSome(row -> row.text(Column.EAS_ACTIVATION_DATE_TIME).equals(GraphTime.NEVER));
        assertSome(row -> row.text(Column.EAS_ACTIVATION_DATE_TIME).matches(".*\\.\\d{7}Z"));
        assertSome(row -> row.text(Column.COMPLIANCE_GRACE_PERIOD_EXPIRATION_DATE_TIME)
                .equals(GraphTime.FOREVER_TO_THE_TICK));
        assertSome(row -> row.text(Column.SERIAL_NUMBER).equals("0"));
        assertSome(row -> row.text(Column.SERIAL_NUMBER).isEmpty());
        assertSome(row -> row.value(Column.IMEI) == null);
        assertSome(row -> "".equals(row.value(Column.IMEI)));
        assertSome(row -> row.text(Column.DEVICE_NAME).contains("<"));
        assertSome(row -> row.text(Column.DEVICE_NAME).contains("{"));
        assertSome(row -> row.text(Column.DEVICE_NAME).contains("ü"));
        assertSome(row -> row.text(Column.DEVICE_NAME).codePoints().anyMatch(c -> c > 0xFFFF));
        assertSome(row -> row.text(Column.DEVICE_NAME).isEmpty());
        assertSome(row -> row.text(Column.USER_PRINCIPAL_NAME).matches("[0-9a-f]{32}.+@contoso.example"));
        assertSome(row -> row.text(Column.PHONE_NUMBER).matches("\\*+\\d{3}"));
        assertSome(row -> row.text(Column.OPERATING_SYSTEM).equals("iPadOS"));
        Set<String> names = new HashSet<>();
        assertThat(devices.stream().map(device -> device.text(Column.DEVICE_NAME)).filter(name -> !names.add(name)))
                .as("names that more than one device has")
                .hasSizeGreaterThan(20);
    }

    @Test
    void undeclaredMembersOccurOnAndroidOnly() {
        Set<String> platforms = rows.stream()
                .filter(row -> UNDECLARED.contains(row.text(Column.DEVICE_ENROLLMENT_TYPE))
                        || row.text(Column.MANAGEMENT_AGENT).equals("intuneAosp"))
                .map(row -> row.text(Column.OPERATING_SYSTEM))
                .collect(Collectors.toSet());
        assertThat(platforms).isNotEmpty().allMatch(platform -> platform.startsWith("Android"));
    }

    @Test
    void theFirstHundredDevicesRespond() {
        assertThat(devices.subList(0, 100)).noneMatch(Device::silent);
        for (int size : List.of(6, 100, 150, 3000)) {
            List<Device> listed = new DeviceGenerator(7).devices(size)
                    .stream()
                    .sorted(Comparator.comparing(Device::position))
                    .toList();
            assertThat(listed.subList(0, Math.min(100, size))).noneMatch(Device::silent);
        }
        assertThat(devices).anyMatch(Device::silent);
    }

    private void assertSome(Predicate<Row> condition) {
        assertThat(rows).anyMatch(condition);
    }

    private static List<String> values(Device device) {
        Row row = device.row();
        return Arrays.stream(Column.values())
                .map(column -> row.has(column) ? String.valueOf(row.value(column)) : "absent")
                .toList();
    }
}
