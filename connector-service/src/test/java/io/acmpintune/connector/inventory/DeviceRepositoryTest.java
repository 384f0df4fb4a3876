package io.acmpintune.connector.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.graph.DeviceRow;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceChange;
import io.acmpintune.model.device.DeviceId;

import static io.acmpintune.connector.fixture.ConnectorDatabase.CONNECTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceRepositoryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final String OTHER = "IntuneConnector_2";

    private final ConnectorDatabase database = ConnectorDatabase.empty();
    private final DeviceRepository devices = new DeviceRepository(database.jdbc(), JsonMapper.shared());

    @Test
    void writtenDevicesStandInTheFeedInTheOrderTheyCame() {
        devices.write(CONNECTOR, List.of(device("c", "1"), device("a", "1"), device("b", "1")), NOW);

        assertThat(devices.changes(CONNECTOR, 0, 10)).extracting(DeviceChange::deviceId, DeviceChange::revision)
                .containsExactly(tuple("c", 1L), tuple("a", 2L), tuple("b", 3L));
        assertThat(devices.feed(CONNECTOR).revision()).isEqualTo(3);
        assertThat(devices.count(CONNECTOR)).isEqualTo(3);
    }

    @Test
    void aChangedDeviceMovesToTheEndOfTheFeedAndIsThereOnce() {
        devices.write(CONNECTOR, List.of(device("a", "1"), device("b", "1")), NOW);
        devices.write(CONNECTOR, List.of(device("a", "2"), device("c", "1")), NOW.plusSeconds(60));

        assertThat(devices.changes(CONNECTOR, 0, 10)).extracting(DeviceChange::deviceId, DeviceChange::revision)
                .containsExactly(tuple("b", 2L), tuple("a", 3L), tuple("c", 4L));
        assertThat(devices.changes(CONNECTOR, 2, 10)).first()
                .isInstanceOfSatisfying(DeviceChange.Present.class,
                        change -> assertThat(change.device().deviceName()).isEqualTo("2"));
        assertThat(database.jdbc()
                .sql("select changed_at = :changed from device where id = 'a'")
                .param("changed", java.sql.Timestamp.from(NOW.plusSeconds(60)))
                .query(Boolean.class)
                .single()).isTrue();
    }

    @Test
    void theFeedIsReadInPages() {
        devices.write(CONNECTOR, IntStream.range(0, 25).mapToObj(i -> device("d" + i, "1")).toList(), NOW);

        List<Long> read = new ArrayList<>();
        for (List<DeviceChange> page = devices.changes(CONNECTOR, 0, 10); !page.isEmpty(); page = devices
                .changes(CONNECTOR, page.getLast().revision(), 10)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            page.forEach(change -> read.add(change.revision()));
        }
        assertThat(read).isEqualTo(LongStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void aThousandDevicesAreWrittenInOneStatement() {
        List<ObservedDevice> page = IntStream.range(0, 1_000).mapToObj(i -> device("d" + i, "1")).toList();

        devices.write(CONNECTOR, page, NOW);

        // without a transaction around it, every statement has an id of its own, which its rows keep
        assertThat(database.jdbc().sql("select count(distinct xmin::text) from device").query(Integer.class).single())
                .isEqualTo(1);
        assertThat(devices.count(CONNECTOR)).isEqualTo(1_000);
        assertThat(devices.feed(CONNECTOR).revision()).isEqualTo(1_000);
    }

    @Test
    void everyFingerprintIsReadHoweverManyThereAre() {
        List<ObservedDevice> all = IntStream.range(0, 10_001).mapToObj(i -> device("d" + i, "1")).toList();
        devices.write(CONNECTOR, all, NOW);

        assertThat(devices.fingerprints(CONNECTOR)).hasSize(10_001)
                .containsEntry(all.get(7_777).id(), all.get(7_777).fingerprint());
    }

    @Test
    void theOrderOfAttestedAttributesDoesNotMatter() {
        ObjectWriter bodies = ObservedDevice.bodies(JsonMapper.shared());
        Device one = JsonMapper.shared()
                .readValue("{\"id\":\"a\",\"deviceHealthAttestationState\":{\"a\":\"1\",\"b\":\"2\"}}", Device.class);
        Device other = JsonMapper.shared()
                .readValue("{\"id\":\"a\",\"deviceHealthAttestationState\":{\"b\":\"2\",\"a\":\"1\"}}", Device.class);

        assertThat(ObservedDevice.of(other, bodies).fingerprint())
                .isEqualTo(ObservedDevice.of(one, bodies).fingerprint());
    }

    @Test
    void whatWasStoredIsRecognized() {
        ObservedDevice a = device("a", "Anna's iPhone 📱 {kiosk} <A&B>");
        devices.write(CONNECTOR, List.of(a), NOW);

        Map<DeviceId, Fingerprint> known = devices.fingerprints(CONNECTOR);

        assertThat(known).containsOnlyKeys(a.id());
        assertThat(PagePlan.of(List.of(a), known).write()).isEmpty();
        assertThat(devices.changes(CONNECTOR, 0, 1)).first()
                .isInstanceOfSatisfying(DeviceChange.Present.class,
                        change -> assertThat(change.device().deviceName()).isEqualTo("Anna's iPhone 📱 {kiosk} <A&B>"));
    }

    @Test
    void aTextWithANulOrHalfACharacterDoesNotFailThePage() {
        devices.write(CONNECTOR, List.of(device("a", "x\0y"), device("b", "half \ud83d emoji"), device("c", "fine")),
                NOW);

        assertThat(devices.changes(CONNECTOR, 0, 10)).extracting(DeviceChange::deviceId)
                .containsExactly(new DeviceId("a"), new DeviceId("b"), new DeviceId("c"));
        assertThat(devices.changes(CONNECTOR, 0, 1)).first()
                .isInstanceOfSatisfying(DeviceChange.Present.class,
                        change -> assertThat(change.device().deviceName()).isEqualTo("x\0y"));
    }

    @Test
    void aRemovedDeviceIsRemovedInTheFeed() {
        devices.write(CONNECTOR, List.of(device("a", "1")), NOW);
        database.jdbc().sql("update device set removed_at = now()").update();

        assertThat(devices.changes(CONNECTOR, 0, 10))
                .containsExactly(new DeviceChange.Removed(1, new DeviceId("a")));
        assertThat(devices.find(CONNECTOR, new DeviceId("a"))).isEmpty();
        assertThat(devices.fingerprints(CONNECTOR)).isEmpty();
        assertThat(devices.count(CONNECTOR)).isZero();
    }

    @Test
    void aDeviceThatComesBackIsPresentAgain() {
        devices.write(CONNECTOR, List.of(device("a", "1")), NOW);
        database.jdbc().sql("update device set removed_at = now()").update();
        devices.write(CONNECTOR, List.of(device("a", "1")), NOW);

        assertThat(devices.find(CONNECTOR, new DeviceId("a"))).isPresent();
    }

    @Test
    void connectorsDoNotSeeEachOthersDevices() {
        database.jdbc().sql("insert into connector (name) values (:name)").param("name", OTHER).update();
        devices.write(CONNECTOR, List.of(device("a", "1")), NOW);
        devices.write(OTHER, List.of(device("a", "2"), device("b", "1")), NOW);

        assertThat(devices.changes(CONNECTOR, 0, 10)).extracting(DeviceChange::revision).containsExactly(1L);
        assertThat(devices.changes(OTHER, 0, 10)).extracting(DeviceChange::revision).containsExactly(1L, 2L);
        assertThat(devices.find(CONNECTOR, new DeviceId("b"))).isEmpty();
        assertThat(devices.feed(CONNECTOR).id()).isNotEqualTo(devices.feed(OTHER).id());
    }

    /** Two writers at once: whoever reads behind a revision must never find a lower one later. */
    @Test
    void revisionsCommitInTheirOrder() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 10)
                    .mapToObj(w -> CompletableFuture.runAsync(() -> IntStream.range(0, 20)
                            .forEach(i -> devices.write(CONNECTOR,
                                    List.of(device("d" + w + "-" + i, "1"), device("e" + w + "-" + i, "1")), NOW)),
                            threads))
                    .toList();
            List<Long> seen = new ArrayList<>();
            long after = 0;
            while (seen.size() < 400) {
                for (DeviceChange change : devices.changes(CONNECTOR, after, 1_000)) {
                    seen.add(change.revision());
                    after = change.revision();
                }
                assertThat(writers).noneMatch(CompletableFuture::isCompletedExceptionally);
            }
            assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
        }
    }

    @Test
    void anUnknownConnectorIsNotWrittenTo() {
        devices.write("nobody", List.of(device("a", "1")), NOW);

        assertThat(database.jdbc().sql("select count(*) from device").query(Integer.class).single()).isZero();
        assertThatThrownBy(() -> devices.feed("nobody"))
                .isInstanceOf(org.springframework.dao.EmptyResultDataAccessException.class);
    }

    @Test
    void aMalformedRowIsKeptWithReasonAndItsFirstDate() {
        devices.quarantine(CONNECTOR, List.of(malformed("a", "old reason", "{\"id\":\"a\"}")), NOW);
        devices.quarantine(CONNECTOR, List.of(malformed("a", "new reason", "{\"id\":\"a\",\"x\":1}")),
                NOW.plusSeconds(60));

        assertThat(quarantined()).containsExactly(
                new Quarantined("a", "new reason", "{\"id\":\"a\",\"x\":1}", 60));
    }

    @Test
    void rowsWithoutAnIdAreDistinguishedByTheirContent() {
        devices.quarantine(CONNECTOR, List.of(malformed(null, "id is missing", "{}"),
                malformed(null, "id is missing", "{\"x\":1}"), malformed(null, "id is missing", "{}")), NOW);

        assertThat(quarantined()).hasSize(2)
                .allSatisfy(row -> assertThat(row.device()).startsWith("row "));
    }

    @Test
    void anIdThatTheDatabaseCannotStoreDoesNotFailThePage() {
        devices.quarantine(CONNECTOR, List.of(malformed("a\0b", "id: not a device id", "{\"id\":\"a\\u0000b\"}"),
                malformed("x".repeat(1_000_000), "reason \0", "{\"id\":\"long\"}")), NOW);

        assertThat(quarantined()).hasSize(2);
    }

    private record Quarantined(String device, String reason, String raw, int seconds) {}

    private List<Quarantined> quarantined() {
        return database.jdbc()
                .sql("""
                        select device, reason, raw, extract(epoch from last_seen - since)::int as seconds from quarantine
                        """)
                .query((row, _) -> new Quarantined(row.getString("device"), row.getString("reason"),
                        row.getString("raw"), row.getInt("seconds")))
                .list();
    }

    private static org.assertj.core.groups.Tuple tuple(String id, long revision) {
        return org.assertj.core.groups.Tuple.tuple(new DeviceId(id), revision);
    }

    private static DeviceRow.Malformed malformed(@Nullable String id, String reason, String raw) {
        return new DeviceRow.Malformed(id, reason, raw);
    }

    private static ObservedDevice device(String id, String name) {
        String body = JsonMapper.shared()
                .writeValueAsString(new java.util.TreeMap<>(Map.of("id", id, "deviceName",
                        name)));
        return new ObservedDevice(JsonMapper.shared().readValue(body, Device.class), body, Fingerprint.of(body));
    }
}
