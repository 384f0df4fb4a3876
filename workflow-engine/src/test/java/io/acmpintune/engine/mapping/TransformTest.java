package io.acmpintune.engine.mapping;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.model.device.ActionResultState;
import io.acmpintune.model.device.ComplianceState;
import io.acmpintune.model.device.ConfigurationManagerFeatures;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;

import static org.assertj.core.api.Assertions.assertThat;

class TransformTest {

    private static final Instant MOMENT = Instant.parse("2026-02-28T23:59:59.1234567Z");
    private static final UUID GUID = UUID.fromString("9de5069c-0000-602b-2ea0-a04b66beb2c0");

    @ParameterizedTest
    @CsvSource({"text, ''", "guid, ''", "date, 1899-12-30T00:00:00.000Z", "number, 0", "megabytes, 0",
            "gigabytes, 0", "boolean, false", "domain, ''",
            "results, ''", "enabled, ''"})
    void noValueHasAWordOfItsOwnInEveryType(String name, String word) {
        assertThat(Transform.named(name).orElseThrow().text(null)).isEqualTo(word);
    }

    @Test
    void thereAreNoOtherTypes() {
        assertThat(Arrays.stream(Transform.values()).map(Transform::key)).containsExactly("text", "guid", "date",
                "number", "megabytes", "gigabytes", "boolean", "domain", "results", "enabled");
        assertThat(Transform.named("TEXT")).isEmpty();
        assertThat(Transform.named("")).isEmpty();
    }

    @Test
    void textIsWhatAValueIsCalled() {
        assertThat(Transform.TEXT.text("Anna's iPhone")).isEqualTo("Anna's iPhone");
        assertThat(Transform.TEXT.text(ComplianceState.IN_GRACE_PERIOD)).isEqualTo("inGracePeriod");
        assertThat(Transform.TEXT.text(new ComplianceState("notDeclaredYet"))).isEqualTo("notDeclaredYet");
        assertThat(Transform.TEXT.text(new DeviceId("abc"))).isEqualTo("abc");
        assertThat(Transform.TEXT.text(MOMENT)).isEqualTo("2026-02-28T23:59:59.123Z");
        assertThat(Transform.TEXT.text(GUID)).isEqualTo("{9DE5069C-0000-602B-2EA0-A04B66BEB2C0}");
        assertThat(Transform.TEXT.text(true)).isEqualTo("true");
        assertThat(Transform.TEXT.text(64_000_000_000L)).isEqualTo("64000000000");
    }

    @Test
    void aGuidIsWrittenAsAcmpWritesIt() {
        assertThat(Transform.GUID.text(GUID)).isEqualTo("{9DE5069C-0000-602B-2EA0-A04B66BEB2C0}");
        assertThat(Transform.GUID.text("9de5069c-0000-602b-2ea0-a04b66beb2c0"))
                .isEqualTo("{9DE5069C-0000-602B-2EA0-A04B66BEB2C0}");
        assertThat(Transform.GUID.text("00000000-0000-0000-0000-000000000000")).isEmpty();
    }

    @Test
    void whatIsNoGuidIsLeftOutInsteadOfStoppingAllOtherDevices() {
        assertThat(Transform.GUID.text("not-a-guid")).isEmpty();
    }

    @Test
    void aDateIsCutToMilliseconds() {
        assertThat(Transform.DATE.text(MOMENT)).isEqualTo("2026-02-28T23:59:59.123Z");
        assertThat(Transform.DATE.text("yesterday")).isEqualTo("1899-12-30T00:00:00.000Z");
    }

    @Test
    void aDateThatAcmpCannotWriteIsNone() {
        assertThat(Transform.DATE.text(Instant.MAX)).isEqualTo("1899-12-30T00:00:00.000Z");
        assertThat(Transform.TEXT.text(Instant.MIN)).isEqualTo("1899-12-30T00:00:00.000Z");
    }

    @Test
    void numbersAndTruthsAreWrittenPlainly() {
        assertThat(Transform.NUMBER.text(127_989_493_760L)).isEqualTo("127989493760");
        assertThat(Transform.NUMBER.text(-1)).isEqualTo("-1");
        assertThat(Transform.NUMBER.text("12")).isEqualTo("0");
        assertThat(Transform.MEGABYTES.text("12")).isEqualTo("0");
        assertThat(Transform.BOOLEAN.text(true)).isEqualTo("true");
        assertThat(Transform.BOOLEAN.text(false)).isEqualTo("false");
        assertThat(Transform.BOOLEAN.text("true")).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "524287, 0, 0", "524288, 1, 0", "1048576, 1, 0", "536870911, 512, 0", "536870912, 512, 1",
            "64000000000, 61035, 60", "127989493760, 122060, 119", "-1, 0, 0",
            "9223372036854775807, 8796093022208, 8589934592"})
    void sizesAreRoundedToTheNearestWholeUnit(long bytes, String megabytes, String gigabytes) {
        assertThat(Transform.MEGABYTES.text(bytes)).isEqualTo(megabytes);
        assertThat(Transform.GIGABYTES.text(bytes)).isEqualTo(gigabytes);
    }

    @Test
    void everyPropertyHasAWayToBeWritten() {
        assertThat(Property.names()).allSatisfy(name -> assertThat(Property.named(name)).hasValueSatisfying(
                property -> assertThat(property.type() == Map.class || takenBySome(property.type())).isTrue()));
    }

    @ParameterizedTest
    @CsvSource({"deviceName, TEXT GUID DOMAIN", "lastSyncDateTime, TEXT DATE", "isEncrypted, TEXT BOOLEAN",
            "freeStorageSpaceInBytes, TEXT NUMBER MEGABYTES GIGABYTES", "complianceState, TEXT", "id, TEXT GUID",
            "clientId, TEXT GUID", "recordState, TEXT GUID DOMAIN", "deviceActionResults, RESULTS",
            "configurationManagerClientEnabledFeatures, ENABLED", "deviceHealthAttestationState, ''",
            "deviceHealthAttestationState.secureBoot, TEXT GUID DOMAIN"})
    void aPropertyIsWrittenOnlyInWaysThatFitItsType(String name, String ways) {
        Class<?> type = Property.named(name).orElseThrow().type();

        assertThat(Arrays.stream(Transform.values()).filter(transform -> transform.accepts(type)).map(Enum::name))
                .isEqualTo(ways.isEmpty() ? List.of() : List.of(ways.split(" ")));
    }

    @Test
    void anActionWithoutANameIsUnknown() {
        assertThat(Transform.RESULTS.text(List.of(new DeviceActionResult(null, null, null, null, null, null))))
                .isEqualTo("unknown: unknown");
    }

    private static boolean takenBySome(Class<?> type) {
        return Arrays.stream(Transform.values()).anyMatch(transform -> transform.accepts(type));
    }

    @ParameterizedTest
    @CsvSource({"user@contoso.example, contoso.example", "svc, ''", "'', ''", "a@b@contoso.example, contoso.example",
            "user@, ''"})
    void theDomainIsWhatFollowsTheLastAt(String user, String domain) {
        assertThat(Transform.DOMAIN.text(user)).isEqualTo(domain);
    }

    @Test
    void actionResultsBecomeSentencesInTheirOrder() {
        Instant started = Instant.parse("2022-04-26T13:19:45.3008934Z");
        var results = List.of(
                new DeviceActionResult("syncDevice", new ActionResultState("done"), started, MOMENT, null, null),
                new DeviceActionResult("windowsDefenderScan", new ActionResultState("pending"), started, null,
                        "Full Scan",
                        null),
                new DeviceActionResult("locateDevice", null, null, null, null, 0L));

        assertThat(Transform.RESULTS.text(results)).isEqualTo("syncDevice: done 2026-02-28T23:59:59.123Z; "
                + "windowsDefenderScan: pending (Full Scan) 2022-04-26T13:19:45.300Z; locateDevice: unknown");
        assertThat(Transform.RESULTS.text(List.of())).isEmpty();
    }

    @Test
    void onlyEnabledFeaturesAreNamed() {
        assertThat(Transform.ENABLED.text(new ConfigurationManagerFeatures(true, false, null, true, null, true)))
                .isEqualTo("inventory, deviceConfiguration, windowsUpdateForBusiness");
        assertThat(Transform.ENABLED.text(new ConfigurationManagerFeatures(null, null, null, null, null, null)))
                .isEmpty();
        assertThat(Transform.ENABLED.text(new ConfigurationManagerFeatures(false, true, true, false, true, false)))
                .isEqualTo("modernApps, resourceAccess, compliancePolicy");
    }
}
