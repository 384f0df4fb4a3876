package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.acmpintune.connector.tenant.DeviceFilter;
import io.acmpintune.connector.tenant.DeviceFilter.Property;

import static org.assertj.core.api.Assertions.assertThat;

class ListFilterTest {

    private static final Instant AFTER = Instant.parse("2026-11-23T12:00:00.987Z");

    @Test
    void anEmptyFilterIsOmitted() {
        assertThat(ListFilter.of(DeviceFilter.NONE, null)).isNull();
    }

    @Test
    void checkInsAloneAreAComparison() {
        assertThat(ListFilter.of(DeviceFilter.NONE, AFTER)).isEqualTo("lastSyncDateTime gt 2026-11-23T12:00:00Z");
    }

    @Test
    void valuesOfOnePropertyAreJoinedByOrAndPropertiesByAnd() {
        DeviceFilter filter = new DeviceFilter(
                Map.of(Property.MANAGEMENT_AGENT, Set.of("mdm"), Property.OPERATING_SYSTEM,
                        Set.of("iOS", "Android")));

        assertThat(ListFilter.of(filter, AFTER)).isEqualTo("lastSyncDateTime gt 2026-11-23T12:00:00Z"
                + " and (operatingSystem eq 'Android' or operatingSystem eq 'iOS') and managementAgent eq 'mdm'");
    }

    @Test
    void unsupportedConditionsAreNotPushedDown() {
        assertThat(ListFilter.of(new DeviceFilter(Map.of(Property.OWNERSHIP, Set.of("company"))), null)).isNull();
    }

    @Test
    void aQuoteInAValueEndsNothing() {
        assertThat(ListFilter.of(new DeviceFilter(Map.of(Property.CATEGORY, Set.of("Anna's"))), null))
                .isEqualTo("deviceCategoryDisplayName eq 'Anna''s'");
    }
}
