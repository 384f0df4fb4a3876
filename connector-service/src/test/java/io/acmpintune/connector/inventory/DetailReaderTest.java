package io.acmpintune.connector.inventory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.simulator.web.Fault;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;

/** What Intune tells on single reads only: read once, kept, and read again when there is reason to. */
class DetailReaderTest {

    private static final int DEVICES = 30;
    private static final String BATCH = "POST /v1.0/$batch";

    private final ScannedTenant tenant = ScannedTenant.start(DEVICES, DeviceFilter.NONE);

    @BeforeEach
    void scanOnce() {
        tenant.scan();
    }

    @AfterEach
    void stop() throws IOException {
        tenant.close();
    }

    @Test
    void everyNewDeviceIsReadSinglyAndPublishedWithItsDetails() {
        tenant.readDetails();

        assertThat(tenant.changesAfter(0)).hasSize(DEVICES).allSatisfy(change -> {
            JsonNode device = tenant.microsoft.tenant().details(change.deviceId().value()).orElseThrow();
            assertThat(details(change)).isEqualTo(expected(device));
        });
        assertThat(tenant.changesAfter(0)).extracting(DetailReaderTest::details)
                .filteredOn(Objects::nonNull)
                .isNotEmpty();
    }

    @Test
    void aSecretIsNeverStored() {
        tenant.readDetails();

        assertThat(tenant.database.jdbc()
                .sql("select string_agg(details::text, ' ') from device")
                .query(String.class)
                .single()).contains("udid")
                .doesNotContain("activationLockBypassCode", "remoteAssistanceSessionUrl");
    }

    @Test
    void noListReadOverwritesDetails() {
        tenant.readDetails();
        String device = withNotes("as read");
        tenant.change(device, Map.of("lastSyncDateTime", "2026-11-23T12:00:00Z"));
        tenant.scan();

        assertThat(Objects.requireNonNull(details(present(device))).notes()).isEqualTo("as read");
    }

    @Test
    void aCheckInCausesNoNewRead() {
        tenant.readDetails();
        String device = withNotes("first");
        tenant.change(device, Map.of("lastSyncDateTime", "2026-11-23T12:00:00Z", "notes", "second"));
        tenant.scan();

        assertThat(due()).isEmpty();
    }

    @Test
    void anotherSystemVersionOrNameIsAReasonAndUnchangedDetailsMakeNoRevision() {
        tenant.readDetails();
        List<String> ids = tenant.microsoft.tenant().ids();
        tenant.change(ids.get(3), Map.of("osVersion", "99.1"));
        tenant.change(ids.get(4), Map.of("deviceName", "renamed"));
        tenant.scan();
        long before = tenant.revision();

        List<DeviceId> due = due();
        tenant.readDetails();

        assertThat(due).hasSize(2);
        assertThat(tenant.revision()).isEqualTo(before);
        assertThat(due()).isEmpty();
    }

    @Test
    void whatNoListShowsIsFoundAfterAMonth() {
        tenant.readDetails();
        String device = tenant.microsoft.tenant().ids().get(5);
        tenant.change(device, Map.of("notes", "written since"));
        tenant.passes(Duration.ofDays(26));
        int before = due().size();
        tenant.passes(Duration.ofDays(5));
        long revision = tenant.revision();

        tenant.readDetails();

        assertThat(before).isZero();
        assertThat(tenant.changesAfter(revision)).singleElement().satisfies(change -> {
            assertThat(change.deviceId().value()).isEqualTo(device);
            assertThat(Objects.requireNonNull(details(change)).notes()).isEqualTo("written since");
        });
    }

    @Test
    void aDeviceThatCannotBeReadStopsNoOtherAndIsTriedAgainLater() {
        tenant.microsoft.faults().next(ScannedTenant.SINGLE, 1, new Fault.Reply(503, Map.of(), ""));

        tenant.readDetails();
        int unread = unread();
        tenant.passes(Duration.ofMinutes(6));
        tenant.readDetails();

        assertThat(unread).isEqualTo(1);
        assertThat(unread()).isZero();
    }

    @Test
    void theLanePausesWhenNothingCanBeReadAndKeepsStoredDetails() {
        tenant.readDetails();
        String device = withNotes("kept");
        tenant.passes(Duration.ofDays(31));
        tenant.microsoft.faults().next(BATCH, 1, new Fault.Reply(503, Map.of(), "<h1>Busy</h1>"));

        Duration pause = tenant.readDetails();

        assertThat(pause).isEqualTo(Duration.ofMinutes(1));
        assertThat(due()).hasSize(DEVICES - 20);
        assertThat(Objects.requireNonNull(details(present(device))).notes()).isEqualTo("kept");
    }

    @Test
    void aDeviceThatIsGoneIsLeftToTheScan() {
        String gone = tenant.microsoft.tenant().ids().getFirst();
        tenant.microsoft.tenant().remove(gone);

        tenant.readDetails();

        assertThat(present(gone)).isInstanceOf(DeviceChange.Present.class);
        assertThat(tenant.count()).isEqualTo(DEVICES);
        assertThat(due()).isEmpty();
    }

    @Test
    void aDeviceThatCameBackIsReadAgain() {
        tenant.readDetails();
        String id = tenant.microsoft.tenant().ids().getFirst();
        var back = tenant.microsoft.tenant().details(id).orElseThrow().deepCopy();
        tenant.microsoft.tenant().remove(id);
        tenant.scan();
        tenant.scan();
        tenant.microsoft.tenant().add(back);
        tenant.scan();

        assertThat(due()).containsExactly(new DeviceId(id));
    }

    private List<DeviceId> due() {
        return tenant.details.due(CONNECTOR, tenant.now(), 1_000).stream().map(DetailPlan.Due::id).toList();
    }

    private int unread() {
        return tenant.database.jdbc()
                .sql("select count(*) from device where details_read_at is null")
                .query(Integer.class)
                .single();
    }

    /** A device whose notes are this, and have been read. */
    private String withNotes(String notes) {
        String device = tenant.microsoft.tenant().ids().get(2);
        tenant.change(device, Map.of("notes", notes, "osVersion", "1." + notes.length()));
        tenant.scan();
        tenant.readDetails();
        return device;
    }

    private DeviceChange present(String device) {
        return tenant.changesAfter(0)
                .stream()
                .filter(change -> change.deviceId().value().equals(device))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable DeviceDetails details(DeviceChange change) {
        return change instanceof DeviceChange.Present(_, _, var details) ? details : null;
    }

    private static @Nullable DeviceDetails expected(JsonNode device) {
        DeviceDetails details = new DeviceDetails(text(device, "ethernetMacAddress"), text(device, "iccid"),
                text(device, "notes"), memory(device), text(device, "udid"));
        return details.equals(JsonMapper.shared().readValue("{}", DeviceDetails.class)) ? null : details;
    }

    private static @Nullable Long memory(JsonNode device) {
        long memory = device.path("physicalMemoryInBytes").asLong(0);
        return memory == 0 ? null : memory;
    }

    private static @Nullable String text(JsonNode device, String name) {
        String text = device.path(name).asString("");
        return text.isEmpty() ? null : text;
    }
}
