package io.acmpintune.simulator.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;

/**
 * Generates the devices of a tenant from a seed. The first six were published by administrators of real tenants. The
 * others are as untidy: sentinel dates, seven fraction digits, null next to "", placeholder serial numbers, unusual
 * names.
 */
final class DeviceGenerator {

    /** Fixed just before the recorded devices' last check-in, so that a seed generates the same tenant every day. */
    private static final Instant NEWEST = Instant.parse("2026-11-20T06:00:00Z");
    /**
     * The first devices all respond to commands, by order of generation and of listing, so that a demo can rely on
     * them.
     */
    private static final int RELIABLE = 100;
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    private static final List<String> NO_SERIALS = List.of("0", "", "Default string", "To be filled by O.E.M.",
            "System Serial Number", "None", "123456789", "unknown");
    private static final List<String> CARRIERS = List.of("Telekom.de", "vodafone.de", "o2 - de", "AT&T", "Orange F",
            "");

    private static final List<String> PATCHES = List.of("2023-06-05", "2024-02-01", "2024-11-05", "2025-03-01",
            "2025-08-05", "2026-01-05", "2026-05-01", "2026-09-01", "2026-10-05", "2026-11-01");
    private static final HexFormat MAC = HexFormat.of().withUpperCase();
    private static final HexFormat BYTES = HexFormat.ofDelimiter(" ");

    private final long seed;
    private final People persons;
    private final List<Row> observed;

    DeviceGenerator(long seed) {
        this.seed = seed;
        this.persons = new People(seed);
        this.observed = readObserved();
    }

    private record Draft(String id, String name, Instant lastSync, boolean silent, Platform platform,
            People.Person owner, SplittableRandom random) {}

    List<Device> devices(int size) {
        var drafts = new ArrayList<Draft>(size);
        var positions = new ArrayList<Position>(size);
        for (int i = observed.size(); i < size; i++) {
            Draft draft = draft(i);
            drafts.add(draft);
            positions.add(new Position(draft.name(), draft.id()));
        }
        positions.sort(null);
        var devices = new ArrayList<Device>(size);
        observed.stream().limit(size).map(Device::of).forEach(devices::add);
        for (int i = 0; i < drafts.size(); i++) {
            int index = observed.size() + i;
            Draft draft = drafts.get(i);
            Position position = new Position(draft.name(), draft.id());
            boolean listedEarly = positions.size() <= RELIABLE || position.compareTo(positions.get(RELIABLE)) < 0;
            devices.add(new Device(draft.id(), draft.name(), GraphTime.text(draft.lastSync()),
                    draft.silent() && index >= RELIABLE && !listedEarly, () -> row(index)));
        }
        return devices;
    }

    private Draft draft(int index) {
        var random = new SplittableRandom(Randomness.of(seed, index));
        Platform platform = Platform.any(random);
        People.Person owner = persons.person(random.nextInt(40_000));
        String id = uuid(random);
        String name = DeviceNames.any(platform, owner, random);
        int age = random.nextInt(100);
        // Most devices checked in today, some this month, a few not for a year.
        Duration away = Duration.ofSeconds(random.nextLong(1, age < 80 ? 28_800 : age < 97 ? 2_592_000 : 31_536_000));
        return new Draft(id, name, NEWEST.minus(away), random.nextInt(50) == 0, platform, owner, random);
    }

    private Row row(int index) {
        Draft draft = draft(index);
        SplittableRandom random = draft.random();
        Platform platform = draft.platform();
        People.Person owner = draft.owner();
        Hardware hardware = Hardware.any(platform, random);
        boolean userless = platform.userless() || random.nextInt(25) == 0;
        // Some services write "" for unknown values and some null; a row mostly comes from one service.
        @Nullable
        String nothing = random.nextBoolean() ? "" : null;
        Instant enrolled = draft.lastSync().minusSeconds(random.nextLong(3600, 94_608_000));
        boolean mobile = platform.android() || platform.mobileApple();
        boolean cellular = mobile && random.nextInt(4) != 0;

        var row = new EnumMap<Column, @Nullable Object>(Column.class);
        row.put(Column.ID, draft.id());
        row.put(Column.USER_ID, userless ? "" : owner.id());
        row.put(Column.DEVICE_NAME, draft.name());
        row.put(Column.MANAGED_DEVICE_OWNER_TYPE, platform.owner());
        row.put(Column.ENROLLED_DATE_TIME, ticks(enrolled, random));
        row.put(Column.LAST_SYNC_DATE_TIME, GraphTime.text(draft.lastSync()));
        row.put(Column.OPERATING_SYSTEM, platform.operatingSystem());
        row.put(Column.COMPLIANCE_STATE, compliance(random));
        row.put(Column.JAIL_BROKEN, platform.windows() ? "Unknown" : random.nextInt(200) == 0 ? "True" : "False");
        row.put(Column.MANAGEMENT_AGENT, platform.managementAgent());
        row.put(Column.OS_VERSION, hardware.anyVersion(random));
        boolean exchange = random.nextInt(10) == 0;
        row.put(Column.EAS_ACTIVATED, exchange || random.nextBoolean());
        row.put(Column.EAS_DEVICE_ID, exchange ? DeviceNames.code(32, random) : "");
        row.put(Column.EAS_ACTIVATION_DATE_TIME, exchange ? ticks(enrolled.plusSeconds(90), random) : GraphTime.NEVER);
        row.put(Column.AZURE_AD_REGISTERED, random.nextInt(20) == 0 ? null : (Object) true);
        row.put(Column.DEVICE_ENROLLMENT_TYPE, platform.enrollmentType());
        row.put(Column.ACTIVATION_LOCK_BYPASS_CODE, platform.mobileApple() ? DeviceNames.code(26, random) : null);
        row.put(Column.EMAIL_ADDRESS, userless ? nothing : owner.mail());
        row.put(Column.AZURE_AD_DEVICE_ID, platform == Platform.ANDROID_OPEN_SOURCE ? NO_GUID : uuid(random));
        row.put(Column.DEVICE_REGISTRATION_STATE, random.nextInt(30) == 0 ? "notRegistered" : "registered");
        row.put(Column.DEVICE_CATEGORY_DISPLAY_NAME, random.nextInt(5) == 0 ? "Außendienst" : "Unknown");
        row.put(Column.IS_SUPERVISED, platform == Platform.IPHONE || platform.tablet());
        row.put(Column.EXCHANGE_LAST_SUCCESSFUL_SYNC_DATE_TIME,
                exchange ? ticks(draft.lastSync(), random) : GraphTime.NEVER);
        row.put(Column.EXCHANGE_ACCESS_STATE, exchange ? "allowed" : "none");
        row.put(Column.EXCHANGE_ACCESS_STATE_REASON, exchange ? "compliant" : "none");
        row.put(Column.REMOTE_ASSISTANCE_SESSION_URL, nothing);
        row.put(Column.REMOTE_ASSISTANCE_SESSION_ERROR_DETAILS, nothing);
        row.put(Column.IS_ENCRYPTED, random.nextInt(6) != 0);
        row.put(Column.USER_PRINCIPAL_NAME, userless
                ? nothing
                : platform == Platform.IPHONE_OF_USER ? draft.id().replace("-", "") + owner.mail() : owner.mail());
        row.put(Column.MODEL, hardware.model());
        row.put(Column.MANUFACTURER, hardware.maker());
        row.put(Column.IMEI, cellular ? digits("35", 15, random) : nothing);
        row.put(Column.COMPLIANCE_GRACE_PERIOD_EXPIRATION_DATE_TIME, switch (random.nextInt(10)) {
            case 0 -> GraphTime.FOREVER_TO_THE_TICK;
            case 1 -> GraphTime.text(draft.lastSync().plusSeconds(random.nextLong(2_592_000)));
            default -> GraphTime.FOREVER;
        });
        row.put(Column.SERIAL_NUMBER, serial(platform, hardware, random));
        row.put(Column.PHONE_NUMBER, cellular && random.nextInt(3) != 0 ? digits("********", 11, random) : nothing);
        row.put(Column.ANDROID_SECURITY_PATCH_LEVEL, platform.android()
                ? PATCHES.get(random.nextInt(PATCHES.size()))
                : nothing);
        row.put(Column.USER_DISPLAY_NAME, userless ? nothing : owner.displayName());
        row.put(Column.CONFIGURATION_MANAGER_CLIENT_ENABLED_FEATURES,
                platform == Platform.WINDOWS_CO_MANAGED ? coManagement(random) : null);
        row.put(Column.WIFI_MAC_ADDRESS, random.nextInt(8) == 0 ? nothing : mac(random));
        row.put(Column.DEVICE_HEALTH_ATTESTATION_STATE,
                platform.windows() && random.nextInt(3) == 0 ? attestation(draft.lastSync()) : null);
        row.put(Column.SUBSCRIBER_CARRIER, cellular ? CARRIERS.get(random.nextInt(CARRIERS.size())) : "");
        row.put(Column.MEID, cellular && random.nextInt(4) == 0 ? digits("35", 14, random) : nothing);
        long storage = hardware.storageInBytes();
        row.put(Column.TOTAL_STORAGE_SPACE_IN_BYTES, random.nextInt(40) == 0 ? 0L : storage);
        row.put(Column.FREE_STORAGE_SPACE_IN_BYTES, random.nextLong(storage));
        row.put(Column.MANAGED_DEVICE_NAME, managedName(draft, userless, enrolled, random));
        row.put(Column.PARTNER_REPORTED_THREAT_STATE, random.nextInt(50) == 0 ? "secured" : "unknown");
        row.put(Column.REQUIRE_USER_ENROLLMENT_APPROVAL, random.nextInt(10) == 0 ? (Object) false : null);
        row.put(Column.MANAGEMENT_CERTIFICATE_EXPIRATION_DATE, random.nextInt(25) == 0
                ? GraphTime.NEVER
                : GraphTime.text(NEWEST.plusSeconds(random.nextLong(31_536_000))));
        row.put(Column.ICCID, cellular ? digits("8949", 19, random) : nothing);
        row.put(Column.UDID, platform.apple() ? uuid(random).toUpperCase(Locale.ROOT) : nothing);
        row.put(Column.NOTES,
                random.nextInt(20) == 0 ? "Austausch geplant\nsiehe Ticket #" + random.nextInt(9999) : null);
        row.put(Column.ETHERNET_MAC_ADDRESS, platform.windows() || platform == Platform.MAC ? mac(random) : null);
        row.put(Column.PHYSICAL_MEMORY_IN_BYTES, hardware.memoryInBytes());
        row.put(Column.ENROLLMENT_PROFILE_NAME, platform.userless() ? "Kiosk & Empfang" : nothing);
        row.put(Column.DEVICE_ACTION_RESULTS, JsonNodeFactory.instance.arrayNode());
        if (random.nextInt(5) != 0) {
            row.put(Column.MANAGEMENT_STATE, random.nextInt(200) == 0 ? "unhealthy" : "managed");
        }
        return new Row(row);
    }

    private static String compliance(SplittableRandom random) {
        int luck = random.nextInt(100);
        return luck < 82
                ? "compliant"
                : luck < 92
                        ? "noncompliant"
                        : luck < 96
                                ? "inGracePeriod"
                                : luck < 98
                                        ? "unknown"
                                        : luck < 99 ? "error" : "configManager";
    }

    private static @Nullable String serial(Platform platform, Hardware hardware, SplittableRandom random) {
        if (hardware.maker().startsWith("VMware")) {
            return "VMware-56 4d " + BYTES.formatHex(bytes(random, 6)) + "-12 34 56 30 48 25 cc 11";
        }
        if (platform == Platform.IPHONE_OF_USER) {
            return "";
        }
        if (hardware.virtual() || (platform.windows() && random.nextInt(12) == 0)) {
            return NO_SERIALS.get(random.nextInt(NO_SERIALS.size()));
        }
        return random.nextInt(300) == 0 ? null : DeviceNames.code(platform.apple() ? 10 : 11, random);
    }

    private static String managedName(Draft draft, boolean userless, Instant enrolled, SplittableRandom random) {
        if (random.nextInt(30) == 0) {
            return "";
        }
        OffsetDateTime at = enrolled.atOffset(ZoneOffset.UTC);
        int minute = at.getMinute();
        return (userless ? "" : draft.owner().alias()) + "_" + draft.platform().operatingSystem() + "_"
                + at.getMonthValue() + "/" + at.getDayOfMonth() + "/" + at.getYear() + "_"
                + ((at.getHour() + 11) % 12 + 1)
                + (minute < 10 ? ":0" : ":") + minute + (at.getHour() < 12 ? " AM" : " PM");
    }

    private static ObjectNode coManagement(SplittableRandom random) {
        ObjectNode features = Json.object();
        for (String feature : List.of("inventory", "modernApps", "resourceAccess", "deviceConfiguration",
                "compliancePolicy", "windowsUpdateForBusiness")) {
            features.put(feature, random.nextBoolean());
        }
        return features;
    }

    private static ObjectNode attestation(Instant at) {
        ObjectNode state = Json.object();
        state.put("lastUpdateDateTime", at.toString());
        state.put("deviceHealthAttestationStatus", "Healthy");
        state.put("issuedDateTime", GraphTime.text(at));
        state.put("resetCount", 0);
        state.put("restartCount", 3);
        state.put("bitLockerStatus", "enabled");
        state.put("secureBoot", "enabled");
        state.putNull("tpmVersion");
        return state;
    }

    private static String ticks(Instant instant, SplittableRandom random) {
        return GraphTime.text(random.nextInt(4) == 0 ? instant.plusNanos(random.nextInt(9_999_999) * 100L) : instant);
    }

    private static String mac(SplittableRandom random) {
        return MAC.formatHex(bytes(random, 6));
    }

    private static byte[] bytes(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String digits(String start, int length, SplittableRandom random) {
        var digits = new StringBuilder(start);
        while (digits.length() < length) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private static String uuid(SplittableRandom random) {
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
        long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(version4, variant).toString();
    }

    private static List<Row> readObserved() {
        try (InputStream resource = DeviceGenerator.class.getResourceAsStream("observed-devices.json")) {
            JsonNode list = Json.MAPPER.readTree(resource);
            var rows = new ArrayList<Row>();
            ((ArrayNode) list.get("value")).forEach(device -> rows.add(Row.of((ObjectNode) device)));
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException("observed-devices.json is missing from the simulator's jar", e);
        }
    }
}
