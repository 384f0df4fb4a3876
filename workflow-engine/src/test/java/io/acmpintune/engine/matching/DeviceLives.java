package io.acmpintune.engine.matching;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One random history of devices that are enrolled in two tenants, and what is made of it. Devices without anything that tells
 * them apart are given names of their own at first: a phone that succeeds another of the same user, model and name, with no
 * serial number and no Entra id, cannot be distinguished from the first one enrolled again.
 */
final class DeviceLives {

    private static final MatchingRules RULES = MatchingRules.standard();
    private static final UUID[] TENANTS = {new UUID(1, 1), new UUID(2, 2)};
    private static final String[] JUNK = {"0000000000", "To be filled by O.E.M.", "Default string", "unknown", "123"};
    private static final String[] COMMON_NAMES = {"iPhone", "iPad", "Pixel"};

    /** A thing that can be touched. */
    private static final class Thing {
        final int number;
        final int tenant;
        final String user;
        final String model;
        final @Nullable String serial;
        /** Another thing has the serial number, too: sold so, or copied. */
        final boolean twin;
        final boolean keepsEntraId;
        @Nullable UUID entraId;
        @Nullable Enrolment current;
        final Set<UUID> clients = new HashSet<>();

        Thing(int number, int tenant, String user, String model, @Nullable String serial, boolean twin,
                boolean keepsEntraId, @Nullable UUID entraId) {
            this.number = number;
            this.tenant = tenant;
            this.user = user;
            this.model = model;
            this.serial = serial;
            this.twin = twin;
            this.keepsEntraId = keepsEntraId;
            this.entraId = entraId;
        }

        boolean hasSerial() {
            return RULES.isUsable(SerialNumber.of(serial, "APPLE").orElse(null));
        }

        boolean isTold() {
            return hasSerial() || (entraId != null && keepsEntraId);
        }
    }

    /** What Intune has of a thing. */
    private static final class Enrolment {
        final DeviceId id;
        final Thing thing;
        final @Nullable UUID entraId;
        final Instant enrolledAt;
        Instant lastSync;
        String name;
        boolean removed;
        boolean reported;

        Enrolment(DeviceId id, Thing thing, String name, Instant now) {
            this.id = id;
            this.thing = thing;
            this.entraId = thing.entraId;
            this.name = name;
            this.enrolledAt = now;
            this.lastSync = now;
        }

        DeviceIdentity identity() {
            String kind = thing.user + "|APPLE|" + thing.model;
            return new DeviceIdentity(id, TENANTS[thing.tenant], entraId,
                    SerialNumber.of(thing.serial, "Apple").orElse(null), name + "|" + kind, kind, enrolledAt, lastSync);
        }
    }

    private final long seed;
    private final Random random;
    private final DeviceIndex registry = new DeviceIndex();
    private final List<Thing> things = new ArrayList<>();
    private final List<Enrolment> enrolments = new ArrayList<>();
    private final Set<Enrolment> unreported = new LinkedHashSet<>();
    private final Map<UUID, Thing> clients = new HashMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    DeviceLives(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Lives some steps and tells all; what is claimed is checked after each telling. */
    void live(int steps) {
        for (int i = 0; i < steps; i++) {
            now = now.plus(Duration.ofMinutes(1 + random.nextInt(1_000)));
            step();
        }
        scan();
        everyPresentDeviceIsAccountedFor();
    }

    long seen(MatchState state) {
        return registry.devices().stream().filter(device -> device.state() == state).count();
    }

    long seen(MatchingRule rule) {
        return registry.devices().stream().filter(device -> device.rule() == rule).count();
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> begin();
            case 3, 4 -> enrolAgain();
            case 5, 6 -> current().forEach(this::maySync);
            case 7 -> any(nameable()).ifPresent(one -> rename(one, COMMON_NAMES[random.nextInt(3)]));
            case 8 -> swapNames();
            case 9 -> any(present()).ifPresent(this::remove);
            default -> scan();
        }
    }

    private void begin() {
        int tenant = random.nextInt(2);
        int number = things.size();
        @Nullable
        String serial = serial(tenant, number);
        boolean twin = serial != null && serial.startsWith("TWIN");
        boolean keeps = random.nextBoolean();
        things.add(new Thing(number, tenant, "user-" + random.nextInt(2), "model-" + random.nextInt(2), serial, twin,
                keeps, random.nextInt(3) == 0 ? id() : null));
        enrol(things.getLast(), random.nextInt(3) == 0 && things.getLast().hasSerial() ? "iPhone" : "NAME-" + number);
    }

    private @Nullable String serial(int tenant, int number) {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1, 2 -> JUNK[random.nextInt(JUNK.length)];
            case 3 -> "TWIN-SERIAL";
            // the number was given once, and both tenants can have had the device
            case 4 -> "MOVED-" + things.stream().filter(thing -> thing.tenant == tenant).count();
            default -> "SERIAL-" + number;
        };
    }

    private void enrol(Thing thing, String name) {
        Enrolment enrolment = new Enrolment(new DeviceId("device-" + enrolments.size()), thing, name, now);
        thing.current = enrolment;
        enrolments.add(enrolment);
        unreported.add(enrolment);
    }

    /** The old record may go at once, later, or never. */
    private void enrolAgain() {
        any(things.stream()
                .filter(thing -> thing.hasSerial() || (thing.current != null && thing.current.reported))
                .toList()).ifPresent(thing -> {
                    Enrolment old = thing.current;
                    if (old != null && !old.removed && random.nextBoolean()) {
                        remove(old);
                    }
                    if (thing.entraId != null && !thing.keepsEntraId) {
                        thing.entraId = id();
                    }
                    enrol(thing, old == null ? "NAME-" + thing.number : old.name);
                });
    }

    private void maySync(Enrolment enrolment) {
        if (random.nextBoolean()) {
            enrolment.lastSync = now;
            unreported.add(enrolment);
        }
    }

    private void rename(Enrolment enrolment, String name) {
        enrolment.name = name;
        enrolment.lastSync = now;
        unreported.add(enrolment);
    }

    private void swapNames() {
        any(nameable()).ifPresent(one -> any(nameable()).ifPresent(other -> {
            String name = one.name;
            rename(one, other.name);
            rename(other, name);
        }));
    }

    private void remove(Enrolment enrolment) {
        enrolment.removed = true;
        unreported.add(enrolment);
    }

    /** A scan reports what changed since the last one, in any order, each device as it is now. */
    private void scan() {
        List<Enrolment> page = new ArrayList<>(unreported);
        unreported.clear();
        Collections.shuffle(page, random);
        MatchingSession session = new MatchingSession(registry, RULES);
        page.forEach(enrolment -> {
            if (enrolment.removed) {
                session.leave(enrolment.identity(), now);
            } else {
                session.match(enrolment.identity());
                enrolment.reported = true;
            }
        });
        noDeviceIsTheClientOfAnother();
        assertThat(session.orphaned()).as("clients without a device, %s", this).isEmpty();
    }

    // ---- what is claimed

    private void noDeviceIsTheClientOfAnother() {
        for (Enrolment enrolment : enrolments) {
            UUID client = registry.device(enrolment.id).map(KnownDevice::client).orElse(null);
            if (client == null) {
                continue;
            }
            Thing first = clients.computeIfAbsent(client, _ -> enrolment.thing);
            enrolment.thing.clients.add(client);
            if (first != enrolment.thing) {
                assertThat(first.tenant).as("the tenant of client %s, %s", client, this)
                        .isEqualTo(enrolment.thing.tenant);
                assertThat(first.twin && enrolment.thing.twin)
                        .as("client %s was thing %s and is thing %s, %s", client, first.number, enrolment.thing.number,
                                this)
                        .isTrue();
            }
            if (enrolment.thing.isTold() && !enrolment.thing.twin) {
                assertThat(enrolment.thing.clients).as("clients of thing %s, %s", enrolment.thing.number, this)
                        .hasSize(1);
            }
        }
    }

    private void everyPresentDeviceIsAccountedFor() {
        for (Enrolment enrolment : present()) {
            KnownDevice device = registry.device(enrolment.id).orElseThrow();
            switch (device.state()) {
                case LINKED -> assertThat(device.explanation()).isNotBlank();
                case SUPERSEDED -> {
                    UUID client = device.candidates().getFirst();
                    assertThat(enrolment.thing == clients.get(client) || enrolment.thing.twin)
                            .as("%s is superseded by its own thing, %s", enrolment.id, this)
                            .isTrue();
                    assertThat(enrolment.thing.twin || enrolment.thing.current != enrolment)
                            .as("%s is superseded by a newer record, %s", enrolment.id, this)
                            .isTrue();
                }
                case CONFLICT -> {
                    assertThat(enrolment.thing.twin).as("%s is in conflict, %s", enrolment.id, this).isTrue();
                    assertThat(device.candidates()).isNotEmpty()
                            .allSatisfy(client -> assertThat(registry.holder(client)).isPresent());
                }
                case IGNORED -> throw new AssertionError("nobody ignored " + enrolment.id);
            }
        }
        noLivingTwinIsTakenForAnOldRecord();
    }

    /** Two that were seen after both were enrolled are two: neither is an old record of the other. */
    private void noLivingTwinIsTakenForAnOldRecord() {
        List<Enrolment> twins = current().stream().filter(enrolment -> enrolment.thing.twin).toList();
        for (Enrolment one : twins) {
            UUID client = registry.device(one.id).map(KnownDevice::client).orElse(null);
            for (Enrolment other : twins) {
                if (client != null && one.lastSync.isAfter(other.enrolledAt)
                        && other.lastSync.isAfter(one.enrolledAt)) {
                    KnownDevice second = registry.device(other.id).orElseThrow();
                    assertThat(second.candidates().contains(client) && second.state() != MatchState.CONFLICT)
                            .as("%s is not in conflict with %s, %s", other.id, one.id, this)
                            .isFalse();
                }
            }
        }
    }

    // ----

    private List<Enrolment> present() {
        return enrolments.stream().filter(enrolment -> !enrolment.removed).toList();
    }

    /** Those that speak with Intune: the newest of each thing. */
    private List<Enrolment> current() {
        return present().stream().filter(enrolment -> enrolment.thing.current == enrolment).toList();
    }

    /** Those that keep their name until they are known, if it is all that tells them apart. */
    private List<Enrolment> nameable() {
        return current().stream().filter(enrolment -> enrolment.reported || enrolment.thing.hasSerial()).toList();
    }

    private <T> Optional<T> any(List<T> of) {
        return of.isEmpty() ? Optional.empty() : Optional.of(of.get(random.nextInt(of.size())));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
