package io.acmpintune.engine.console.conflict;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.acmpintune.engine.console.Viewers;
import io.acmpintune.engine.console.conflict.Comparison.Cell;
import io.acmpintune.engine.console.conflict.Comparison.Row;
import io.acmpintune.engine.inventory.DeviceMatches.Candidate;
import io.acmpintune.engine.inventory.DeviceMatches.Conflict;
import io.acmpintune.engine.inventory.DeviceMatches.DeviceSummary;
import io.acmpintune.engine.workflow.PersonalDataPolicy;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final PersonalDataPolicy OPEN = new PersonalDataPolicy(true, true, true);

    @Test
    void equalValuesAreMarkedAndMissingOnesAreNot() {
        Comparison comparison = compare(device("one", "company", null), device("two", "company", null));

        assertThat(row(comparison, "serialNumber").cells()).containsExactly(new Cell("C02XK0", true));
        assertThat(row(comparison, "id").cells()).containsExactly(new Cell("two", false));
        assertThat(row(comparison, "azureADDeviceId").cells()).containsExactly(new Cell(null, false));
        assertThat(row(comparison, "managedDeviceOwnerType").value()).isEqualTo("Company");
        assertThat(comparison.rule()).isEqualTo("SERIAL_NUMBER");
    }

    @Test
    void theUserOfAPersonalDeviceIsNeitherShownNorCompared() {
        DeviceSummary personal = device("one", "personal", null);

        assertThat(row(compare(personal, device("two", "personal", null)), "userPrincipalName"))
                .isEqualTo(new Row("userPrincipalName", "Withheld", List.of(new Cell("Withheld", false))));
        assertThat(row(compare(device("one", "company", null), device("two", "personal", null)),
                "userPrincipalName")).isEqualTo(
                        new Row("userPrincipalName", "anna@contoso.example", List.of(new Cell("Withheld", false))));
        assertThat(row(compare(device("one", "personal", null, OPEN), device("two", "personal", null, OPEN)),
                "userPrincipalName").cells())
                .containsExactly(new Cell("anna@contoso.example", true));
    }

    @Test
    void aClientWhoseDeviceLeftIntuneHasNoHolder() {
        assertThat(compare(device("one", "company", null), device("two", "company", NOW)).candidates())
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.isHeld()).isFalse());
    }

    private static Row row(Comparison comparison, String property) {
        return comparison.rows().stream().filter(row -> row.property().equals(property)).findFirst().orElseThrow();
    }

    private static Comparison compare(DeviceSummary device, DeviceSummary holder) {
        return Comparison.of(new Conflict(device,
                List.of(new Candidate(UUID.randomUUID(), "PHONE", holder.removedAt() != null, holder)),
                "serial-number", "Both are there.", NOW), Viewers.frame());
    }

    private static DeviceSummary device(String id, String ownership, @Nullable Instant removedAt) {
        return device(id, ownership, removedAt, PersonalDataPolicy.STRICT);
    }

    private static DeviceSummary device(String id, String ownership, @Nullable Instant removedAt,
            PersonalDataPolicy policy) {
        return new DeviceSummary(id, "PHONE-" + id, "C02XK0", "Apple", "iPhone 15", "iOS",
                policy.hidesUser(ownership) ? null : "anna@contoso.example", policy.hidesUser(ownership), ownership,
                null,
                NOW, NOW, removedAt);
    }
}
