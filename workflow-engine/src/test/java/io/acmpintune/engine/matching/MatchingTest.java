package io.acmpintune.engine.matching;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MatchingTest {

    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");
    private static final UUID ENTRA = new UUID(7, 7);
    private static final Instant MONDAY = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-03T08:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-11-04T08:00:00Z");
    private static final Instant THURSDAY = Instant.parse("2026-11-05T08:00:00Z");

    private final DeviceIndex registry = new DeviceIndex();
    private MatchingRules rules = MatchingRules.standard();

    /** A device with what it is recognized by; nothing at first. */
    private record Told(String id, @Nullable UUID entra, @Nullable String serial, @Nullable String name,
            Instant enrolled, Instant synced) {

        Told entra(UUID value) {
            return new Told(id, value, serial, name, enrolled, synced);
        }

        Told serial(String value) {
            return new Told(id, entra, value, name, enrolled, synced);
        }

        Told name(String value) {
            return new Told(id, entra, serial, value, enrolled, synced);
        }

        DeviceIdentity in(UUID tenant) {
            return new DeviceIdentity(new DeviceId(id), tenant, entra,
                    SerialNumber.of(serial, "Apple Inc.").orElse(null),
                    name == null ? null : name + "|ANNA|IPHONE", "ANNA|IPHONE", enrolled, synced);
        }

        DeviceIdentity identity() {
            return in(TENANT);
        }
    }

    private static Told device(String id, Instant enrolled, Instant synced) {
        return new Told(id, null, null, null, enrolled, synced);
    }

    private static Told old() {
        return device("old", MONDAY, TUESDAY);
    }

    private static Told again() {
        return device("new", WEDNESDAY, THURSDAY);
    }

    private void linked(Told device) {
        linked(device, CLIENT, null);
    }

    private void linked(Told device, UUID client, @Nullable Instant removedAt) {
        registry.put(new KnownDevice(device.identity(), MatchState.LINKED, client, null, "", List.of(), removedAt));
    }

    private Match match(Told device) {
        return Matching.decide(device.identity(), registry, rules);
    }

    // ---- what links

    @Test
    void aDeviceThatNothingKnownCouldBeIsAClientOfItsOwn() {
        linked(old().serial("C02XK0").entra(ENTRA).name("PHONE"));

        assertThat(match(again().serial("C02XK1").entra(new UUID(8, 8)).name("PHONE")))
                .isEqualTo(new Match.NewClient(ClientIds.derive(TENANT, new DeviceId("new")), null,
                        MatchExplanations.FOUNDED));
    }

    @Test
    void aLinkedDeviceKeepsItsClientWhateverItsProperties() {
        linked(old().serial("C02XK0"));
        linked(device("other", MONDAY, TUESDAY).serial("C02XK1"), new UUID(2, 2), TUESDAY);

        assertThat(match(old().serial("C02XK1"))).isEqualTo(new Match.Unchanged(CLIENT));
    }

    @Test
    void anEnrolledAgainDeviceTakesItsClientOverOnceTheOldRecordIsGone() {
        linked(old().serial("c02xk0 "), CLIENT, WEDNESDAY);

        assertThat(match(again().serial("C02XK0"))).isEqualTo(new Match.ExistingClient(CLIENT,
                MatchingRule.SERIAL_NUMBER,
                "Serial number C02XK0 of APPLE is that of client {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}, whose device "
                        + "old left Intune on 2026-11-04T08:00:00Z.",
                new DeviceId("old")));
    }

    @Test
    void orWhenTheOldRecordFellSilentBefore() {
        linked(old().entra(ENTRA));

        assertThat(match(again().entra(ENTRA))).isEqualTo(new Match.ExistingClient(CLIENT, MatchingRule.ENTRA_DEVICE_ID,
                "Entra device id " + ENTRA + " is that of client {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}, whose device "
                        + "old was last seen on 2026-11-03T08:00:00Z, before this one was enrolled on "
                        + "2026-11-04T08:00:00Z.",
                new DeviceId("old")));
    }

    @Test
    void anOldRecordReportedAfterTheNewOneIsRecognizedAsOld() {
        linked(again().serial("C02XK0"));

        assertThat(match(old().serial("C02XK0"))).isInstanceOfSatisfying(Match.Superseded.class,
                superseded -> assertThat(superseded.explanation()).contains("device new was enrolled on "
                        + "2026-11-04T08:00:00Z, after this record was last seen on 2026-11-03T08:00:00Z"));
    }

    @Test
    void theFirstRuleThatFindsAClientDecides() {
        linked(old().entra(ENTRA), CLIENT, WEDNESDAY);
        linked(device("other", MONDAY, TUESDAY).serial("C02XK0"), new UUID(2, 2), WEDNESDAY);
        Told device = again().entra(ENTRA).serial("C02XK0");

        assertThat(match(device)).isInstanceOfSatisfying(Match.ExistingClient.class,
                takes -> assertThat(takes.client()).isEqualTo(CLIENT));
        rules = MatchingRules.read(List.of("own-link", "pin", "serial-number", "entra-device-id"), List.of());
        assertThat(match(device)).isInstanceOfSatisfying(Match.ExistingClient.class,
                takes -> assertThat(takes.client()).isEqualTo(new UUID(2, 2)));
    }

    @Test
    void anotherTenantsDevicesAreNeverTheSame() {
        linked(old().serial("C02XK0").entra(ENTRA).name("PHONE"), CLIENT, WEDNESDAY);

        assertThat(Matching.decide(again().serial("C02XK0").entra(ENTRA).name("PHONE").in(new UUID(9, 9)), registry,
                rules)).isInstanceOf(Match.NewClient.class);
    }

    // ---- what does not

    @Test
    void twoDevicesThatAreBothThereAreAConflict() {
        linked(device("old", MONDAY, THURSDAY).serial("C02XK0"));

        assertThat(match(again().serial("C02XK0"))).isEqualTo(new Match.Conflict(List.of(CLIENT),
                MatchingRule.SERIAL_NUMBER,
                "Serial number C02XK0 of APPLE is that of client {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}, whose device "
                        + "old is still in Intune, last seen on 2026-11-05T08:00:00Z; this one was enrolled on "
                        + "2026-11-04T08:00:00Z."));
    }

    @Test
    void severalClientsAreAConflict() {
        linked(old().entra(ENTRA), CLIENT, WEDNESDAY);
        linked(device("other", MONDAY, TUESDAY).entra(ENTRA), new UUID(2, 2), WEDNESDAY);

        assertThat(match(again().entra(ENTRA))).isInstanceOfSatisfying(Match.Conflict.class, conflict -> {
            assertThat(conflict.candidates()).containsExactlyInAnyOrder(CLIENT, new UUID(2, 2));
            assertThat(conflict.explanation()).contains("is that of 2 clients");
        });
    }

    @Test
    void anEntraIdOnHardwareWithAnotherSerialNumberIsAConflict() {
        linked(old().entra(ENTRA).serial("C02XK0"), CLIENT, WEDNESDAY);

        assertThat(match(again().entra(ENTRA).serial("C02XK1"))).isInstanceOfSatisfying(Match.Conflict.class,
                conflict -> assertThat(conflict.explanation())
                        .contains("has serial number C02XK0 of APPLE and this one C02XK1 of APPLE"));
    }

    @Test
    void anOldRecordThatComesToLifeIsAConflict() {
        linked(again().serial("C02XK0"));
        registry.put(old(CLIENT, old().serial("C02XK0")));

        assertThat(match(old().serial("C02XK0"))).isInstanceOf(Match.Superseded.class);
        assertThat(match(device("old", MONDAY, THURSDAY).serial("C02XK0"))).isInstanceOfSatisfying(
                Match.Conflict.class, conflict -> assertThat(conflict.explanation()).contains("there are two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00000000", "----", "XXXXXXXX", "To be filled by O.E.M.", "to be filled by oem",
            "Default string", "System Serial Number", "None", "Not Specified", "INVALID", "0123456789", "unknown",
            "n/a", "123", "HOUSE-JUNK 1"})
    void aJunkSerialNumberSaysNothing(String junk) {
        rules = MatchingRules.read(MatchingRule.keys(), List.of("house junk-1"));
        linked(old().serial(junk), CLIENT, WEDNESDAY);

        assertThat(match(again().serial(junk))).isInstanceOf(Match.NewClient.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VMware-56 4d 0e 1c", "Parallels-0A 1B", "C02XK0", "5CG1"})
    void aSerialNumberThatLooksOddMayBeOne(String serial) {
        linked(old().serial(serial), CLIENT, WEDNESDAY);

        assertThat(match(again().serial(serial))).isInstanceOf(Match.ExistingClient.class);
    }

    @ParameterizedTest
    @CsvSource({"Dell Inc.,DELL", "Apple,APPLE Inc", "'Samsung Electronics Co., Ltd.',samsung",
            "Hewlett-Packard Company,HP", "Microsoft Corporation,microsoft corp."})
    void manufacturersAreComparedWithoutTheirLegalForm(String one, String other) {
        assertThat(SerialNumber.of("A 1", one)).isEqualTo(SerialNumber.of(" a  1", other));
        assertThat(SerialNumber.of("A1", one)).isNotEqualTo(SerialNumber.of("A1", "Nokia"));
        SerialNumber serial = SerialNumber.of("A|1", one).orElseThrow();
        assertThat(SerialNumber.ofKey(serial.key())).isEqualTo(serial);
    }

    // ---- names

    @Test
    void aNameLinksWhereNothingElseCanBeMeant() {
        linked(old().name("PHONE"), CLIENT, WEDNESDAY);

        assertThat(match(again().name("PHONE"))).isInstanceOfSatisfying(Match.ExistingClient.class,
                takes -> assertThat(takes.rule()).isEqualTo(MatchingRule.NAME_AND_DOMAIN));
    }

    @Test
    void aNameSaysNothingWhileTheOtherDeviceIsThere() {
        linked(old().name("PHONE"));

        assertThat(match(again().name("PHONE"))).isInstanceOf(Match.NewClient.class);
    }

    @Test
    void aNameSaysNothingWhereAnotherDeviceOfThatKindCouldBeMeant() {
        linked(old().name("PHONE"), CLIENT, WEDNESDAY);
        linked(device("other", MONDAY, TUESDAY).name("TABLET"), new UUID(2, 2), null);

        assertThat(match(again().name("PHONE"))).isInstanceOf(Match.NewClient.class);
    }

    @Test
    void aNameSaysNothingAgainstOrBesideASerialNumber() {
        linked(old().name("PHONE").serial("C02XK0"), CLIENT, WEDNESDAY);
        assertThat(match(again().name("PHONE"))).isInstanceOf(Match.NewClient.class);
        assertThat(match(again().name("PHONE").serial("C02XK1"))).isInstanceOf(Match.NewClient.class);
    }

    @Test
    void aNameSaysNothingAgainstAnEntraId() {
        linked(old().name("PHONE").entra(ENTRA), CLIENT, WEDNESDAY);

        assertThat(match(again().name("PHONE").entra(new UUID(8, 8)))).isInstanceOf(Match.NewClient.class);
    }

    // ---- an operator's word

    @Test
    void aPinOverridesTheOwnLink() {
        linked(old());
        registry.putDecision(new DeviceId("old"), new DeviceDecision.Pin(new UUID(2, 2), "anna", THURSDAY));

        assertThat(match(old())).isEqualTo(new Match.ExistingClient(new UUID(2, 2), MatchingRule.PIN,
                "anna decided on 2026-11-05T08:00:00Z that it is client {00000000-0000-0002-0000-000000000002}.",
                null));
    }

    @Test
    void aPinTakesNoClientFromADeviceThatIsThere() {
        linked(device("old", MONDAY, THURSDAY));
        registry.putDecision(new DeviceId("new"), new DeviceDecision.Pin(CLIENT, "anna", THURSDAY));

        assertThat(match(again())).isInstanceOfSatisfying(Match.Conflict.class,
                conflict -> assertThat(conflict.explanation()).contains("But device old is that client"));
    }

    @Test
    void aSplitGivesAClientThatNoOtherDeviceIs() {
        UUID first = ClientIds.derive(TENANT, new DeviceId("new"));
        linked(old(), first, null);
        registry.putDecision(new DeviceId("new"), new DeviceDecision.Split("anna", THURSDAY));

        assertThat(match(again())).isInstanceOfSatisfying(Match.NewClient.class, founds -> {
            assertThat(founds.client()).isNotEqualTo(first)
                    .isEqualTo(ClientIds.derive(TENANT, new DeviceId("new"), 1));
            assertThat(founds.explanation()).contains("anna decided").contains("client of its own");
        });
    }

    @Test
    void anIgnoredDeviceIsNoClient() {
        linked(old());
        registry.putDecision(new DeviceId("old"), new DeviceDecision.Ignore("anna", THURSDAY));

        assertThat(match(old())).isInstanceOf(Match.Ignored.class);
    }

    // ---- the rules

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            own-link,pin,mac-address            | there is no rule
            own-link,pin,serial-number,serial-number | is listed twice
            own-link,serial-number              | own-link and pin have to be there
            serial-number,own-link,pin          | before all other rules
            """)
    void wrongRulesAreNamed(String keys, String reason) {
        assertThatThrownBy(() -> MatchingRules.read(List.of(keys.strip().split(",")), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void twoDevicesCannotBeOneClient() {
        linked(old());

        assertThatThrownBy(() -> linked(again())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("old and new");
    }

    private static KnownDevice old(UUID lost, Told device) {
        return new KnownDevice(device.identity(), MatchState.SUPERSEDED, null, MatchingRule.SERIAL_NUMBER, "",
                List.of(lost),
                null);
    }
}
