package io.acmpintune.engine.publication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.inventory.RecordJson;
import io.acmpintune.engine.mapping.MappedClient;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.runtime.fixture.TestClock;

/**
 * Clients of a workflow as the inventory stores them, by number: phone 7 is named PHONE-7, in the domain example.com, with its own
 * Entra device id and client id.
 */
final class Phones {

    private final EngineDatabase database;
    private final TestClock clock;
    private final String workflow;
    private final int tenant;
    private final Mapping mapping = Mappings.standard();
    private final RecordJson records = new RecordJson(JsonMapper.shared());
    private final Map<Integer, Phone> phones = new LinkedHashMap<>();

    /** @param tenant makes the ids different from those of other phones */
    Phones(EngineDatabase database, TestClock clock, String workflow, int tenant) {
        this.database = database;
        this.clock = clock;
        this.workflow = workflow;
        this.tenant = tenant;
    }

    private record Phone(String name, String compliance, int synced, boolean removed, Instant removedAt) {}

    UUID clientId(int number) {
        return new UUID(((long) tenant << 32) | number, 0x8000_0000_0000_0001L);
    }

    String acmpId(int number) {
        return AcmpGuid.write(clientId(number));
    }

    UUID entraId(int number) {
        return new UUID(((long) tenant << 32) | number, 0x8000_0000_0000_0002L);
    }

    void enrol(int from, int until) {
        each(from, until, (number, _) -> new Phone("PHONE-" + number, "compliant", 0, false, Instant.EPOCH));
    }

    /** Changes stable fields of both records. */
    void rename(int from, int until, String prefix) {
        each(from, until, (number, phone) -> new Phone(prefix + number, phone.compliance(), phone.synced(),
                phone.removed(), phone.removedAt()));
    }

    /** Changes a stable field of the mobile-device record only. */
    void comply(int from, int until, String compliance) {
        each(from, until, (_, phone) -> new Phone(phone.name(), compliance, phone.synced(), phone.removed(),
                phone.removedAt()));
    }

    /** Changes only fields that change with every synchronization. */
    void synchronize(int from, int until) {
        each(from, until, (_, phone) -> new Phone(phone.name(), phone.compliance(), phone.synced() + 1,
                phone.removed(), phone.removedAt()));
    }

    void remove(int from, int until) {
        each(from, until,
                (_, phone) -> new Phone(phone.name(), phone.compliance(), phone.synced(), true, clock.instant()));
    }

    void comeBack(int from, int until) {
        each(from, until,
                (_, phone) -> new Phone(phone.name(), phone.compliance(), phone.synced(), false, Instant.EPOCH));
    }

    private interface Change {
        Phone of(int number, Phone before);
    }

    private void each(int from, int until, Change change) {
        Phone none = new Phone("", "", 0, false, Instant.EPOCH);
        database.transactions().executeWithoutResult(_ -> IntStream.range(from, until).forEach(number -> {
            Phone phone = change.of(number, phones.getOrDefault(number, none));
            phones.put(number, phone);
            store(number, phone);
        }));
        // the inventory advances its position in the feed with what it stores
        database.jdbc()
                .sql("update workflow set device_cursor = device_cursor + 1 where name = :workflow")
                .param("workflow", workflow)
                .update();
    }

    private void store(int number, Phone phone) {
        MappedClient mapped = mapping.map(Devices.of("""
                {"id":"%s-%d","deviceName":"%s","operatingSystem":"Android","complianceState":"%s",
                 "azureADDeviceId":"%s","userPrincipalName":"someone@example.com",
                 "lastSyncDateTime":"2026-11-20T06:%02d:09Z"}
                """.formatted(workflow, number, phone.name(), phone.compliance(), entraId(number), phone.synced())),
                clientId(number), phone.removed());
        String client = records.write(mapped.client());
        String mobile = records.write(mapped.mobileDevice());
        String stable = records.write(new IcqlRecord(mapped.stable()));
        database.jdbc()
                .sql("""
                        insert into client (workflow, device, created_for, client_id, name, removed, removed_at, client_record,
                            client_fingerprint, device_record, device_fingerprint, stable_fingerprint, changed_at, created_at)
                        values (:workflow, :device, :device, :id, :name, :removed, :removedAt, :client::json, :clientFingerprint,
                            :mobile::json, :mobileFingerprint, :stableFingerprint, :now, :now)
                        on conflict (workflow, client_id) do update set name = excluded.name, removed = excluded.removed,
                            removed_at = excluded.removed_at, client_record = excluded.client_record,
                            client_fingerprint = excluded.client_fingerprint, device_record = excluded.device_record,
                            device_fingerprint = excluded.device_fingerprint, stable_fingerprint = excluded.stable_fingerprint,
                            changed_at = excluded.changed_at
                        """)
                .param("workflow", workflow)
                .param("device", workflow + "-" + number)
                .param("id", clientId(number))
                .param("name", phone.name())
                .param("removed", phone.removed())
                .param("removedAt", phone.removed() ? Timestamp.from(phone.removedAt()) : null)
                .param("client", client)
                .param("clientFingerprint", fingerprint(client))
                .param("mobile", mobile)
                .param("mobileFingerprint", fingerprint(mobile))
                .param("stableFingerprint", fingerprint(stable))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private static byte[] fingerprint(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
