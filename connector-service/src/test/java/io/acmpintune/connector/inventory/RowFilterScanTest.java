package io.acmpintune.connector.inventory;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.connector.tenant.DeviceFilter.Property;
import io.acmpintune.model.ConnectorStatus.Scan;
import io.acmpintune.model.ConnectorStatus.ScanKind;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

/** A connector that is about some of a tenant's devices only, whether or not Graph heeds the filter. */
class RowFilterScanTest {

    private static final int DEVICES = 120;
    private static final DeviceFilter MOBILE = filter(Property.OPERATING_SYSTEM, "iOS", "Android");
    private static final DeviceFilter COMPANY = filter(Property.OWNERSHIP, "company");

    private final ScannedTenant tenant = ScannedTenant.start(DEVICES, MOBILE);

    @AfterEach
    void stop() throws IOException {
        tenant.close();
    }

    @Test
    void onlyWhatTheFilterAdmitsIsInTheFeedAndGraphSendsNothingElse() {
        Scan scan = tenant.scan();

        assertThat(ids(tenant.changesAfter(0))).isEqualTo(mobile()).isNotEmpty();
        assertThat(scan.read()).isEqualTo(mobile().size()).isLessThan(DEVICES);
        assertThat(scan.filtered()).isZero();
    }

    @Test
    void whatGraphCannotFilterIsFilteredHere() {
        tenant.filter(COMPANY);

        Scan scan = tenant.scan();

        assertThat(scan.read()).isEqualTo(DEVICES);
        assertThat(scan.filtered()).isPositive().isEqualTo(DEVICES - tenant.count());
        assertThat(scan.added()).isEqualTo(tenant.count()).isPositive();
    }

    @Test
    void aFilterThatGraphIgnoresIsAppliedHereInFullAndIncrementalScans() {
        everything();
        Scan full = tenant.scan();
        String windows = anyBut(mobile());
        tenant.change(windows, Map.of("lastSyncDateTime", Instant.now().toString()));
        everything();
        tenant.passes(Duration.ofMinutes(16));
        long before = tenant.revision();

        Scan incremental = tenant.look();

        assertThat(full.read()).isEqualTo(DEVICES);
        assertThat(full.filtered()).isEqualTo(DEVICES - mobile().size());
        assertThat(ids(tenant.changesAfter(0))).isEqualTo(mobile());
        assertThat(incremental.kind()).isEqualTo(ScanKind.INCREMENTAL);
        assertThat(incremental.filtered()).isEqualTo(DEVICES - mobile().size());
        assertThat(incremental.removed() + incremental.added() + incremental.suspect()).isZero();
        assertThat(tenant.revision()).isEqualTo(before);
    }

    @Test
    void anIncrementalScanAsksForCheckInsAndFilterTogether() {
        tenant.scan();
        String phone = mobile().iterator().next();
        String windows = anyBut(mobile());
        tenant.change(phone, Map.of("lastSyncDateTime", "2026-11-23T12:00:00Z", "deviceName", "renamed"));
        tenant.change(windows, Map.of("lastSyncDateTime", "2026-11-23T12:00:00Z", "deviceName", "renamed too"));
        tenant.passes(Duration.ofMinutes(16));
        long before = tenant.revision();

        Scan incremental = tenant.look();

        assertThat(incremental.kind()).isEqualTo(ScanKind.INCREMENTAL);
        assertThat(incremental.read()).isLessThan(mobile().size());
        assertThat(incremental.filtered()).isZero();
        assertThat(ids(tenant.changesAfter(before))).containsExactly(phone);
    }

    @Test
    void aDeviceThatNoLongerMatchesIsRemovedByAFullScanOnly() {
        tenant.filter(COMPANY);
        tenant.scan();
        String owned = tenant.changesAfter(0).getFirst().deviceId().value();
        tenant.change(owned, Map.of("managedDeviceOwnerType", "personal", "lastSyncDateTime",
                "2026-11-23T12:00:00Z"));
        tenant.passes(Duration.ofMinutes(16));
        long before = tenant.revision();

        Scan incremental = tenant.look();
        long afterIncremental = tenant.revision();
        Scan full = tenant.scan();

        assertThat(incremental.kind()).isEqualTo(ScanKind.INCREMENTAL);
        assertThat(incremental.filtered()).isPositive();
        assertThat(afterIncremental).isEqualTo(before);
        assertThat(full.removed()).isEqualTo(1);
        assertThat(tenant.changesAfter(before))
                .containsExactly(new DeviceChange.Removed(before + 1, new DeviceId(owned)));
    }

    @Test
    void aDeviceThatGraphFilteredOutLeavesAfterTwoScansAndASingleReadThatShowsIt() {
        tenant.scan();
        String phone = mobile().iterator().next();
        tenant.change(phone, Map.of("operatingSystem", "Windows"));
        long before = tenant.revision();

        Scan first = tenant.scan();
        Scan second = tenant.scan();

        assertThat(first.suspect()).isEqualTo(1);
        assertThat(first.removed()).isZero();
        assertThat(second.removed()).isEqualTo(1);
        assertThat(second.graphCalls()).isEqualTo(second.pages() + 1);
        assertThat(tenant.changesAfter(before))
                .containsExactly(new DeviceChange.Removed(before + 1, new DeviceId(phone)));
    }

    @Test
    void aDeviceThatTheListLeavesOutAndThatIsStillAdmittedStays() {
        tenant.scan();
        int known = tenant.count();
        Set<String> all = mobile();
        String missed = all.iterator().next();
        for (int i = 0; i < 2; i++) {
            tenant.microsoft.faults()
                    .next(ScannedTenant.LIST, 1, list(all.stream()
                            .filter(id -> !id.equals(missed))
                            .toList()));
            assertThat(tenant.scan().removed()).isZero();
        }
        assertThat(tenant.count()).isEqualTo(known);
        assertThat(tenant.absences.suspects(CONNECTOR)).isEmpty();
    }

    @Test
    void anotherFilterThatWouldRemoveManyWaitsForAnOperator() {
        tenant.filter(DeviceFilter.NONE);
        tenant.scan();
        tenant.filter(filter(Property.OWNERSHIP, "unknown"));

        Scan held = tenant.scan();
        int afterHeld = tenant.count();
        RemovalHold hold = tenant.absences.holds(CONNECTOR).getFirst();
        tenant.absences.decide(CONNECTOR, hold.id(), RemovalHold.State.RELEASED, "admin", tenant.now());
        Scan released = tenant.scan();

        assertThat(held.held()).isGreaterThan(50).isEqualTo(hold.devices().size());
        assertThat(held.removed()).isZero();
        assertThat(afterHeld).isEqualTo(DEVICES);
        assertThat(released.removed()).isEqualTo(held.held());
        assertThat(tenant.count()).isEqualTo(DEVICES - held.held());
    }

    @Test
    void aDeviceThatIsAdmittedAgainComesBack() {
        tenant.filter(COMPANY);
        tenant.scan();
        String owned = tenant.changesAfter(0).getFirst().deviceId().value();
        tenant.change(owned, Map.of("managedDeviceOwnerType", "personal"));
        tenant.scan();
        tenant.change(owned, Map.of("managedDeviceOwnerType", "company"));

        Scan back = tenant.scan();

        assertThat(back.added()).isEqualTo(1);
        assertThat(tenant.changesAfter(tenant.revision() - 1)).singleElement()
                .isInstanceOf(DeviceChange.Present.class);
    }

    private static DeviceFilter filter(Property property, String... values) {
        return new DeviceFilter(Map.of(property, Set.of(values)));
    }

    private Set<String> mobile() {
        return tenant.microsoft.tenant()
                .ids()
                .stream()
                .filter(id -> Set.of("iOS", "Android")
                        .contains(tenant.microsoft.tenant()
                                .device(id)
                                .orElseThrow()
                                .path("operatingSystem")
                                .asString("")))
                .collect(Collectors.toSet());
    }

    private String anyBut(Set<String> these) {
        return tenant.microsoft.tenant().ids().stream().filter(id -> !these.contains(id)).findFirst().orElseThrow();
    }

    private static Set<String> ids(List<DeviceChange> changes) {
        return changes.stream().map(change -> change.deviceId().value()).collect(Collectors.toSet());
    }

    /** The next list shows every device, whatever is asked for. */
    private void everything() {
        tenant.microsoft.faults().next(ScannedTenant.LIST, 1, list(tenant.microsoft.tenant().ids()));
    }

    private Fault list(List<String> ids) {
        return new Fault.Reply(200, Map.of("Content-Type", "application/json"),
                "{\"value\":[" + ids.stream()
                        .map(id -> tenant.microsoft.tenant().device(id).orElseThrow().toString())
                        .collect(Collectors.joining(",")) + "]}");
    }
}
