package io.acmpintune.connector.tenant;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.tenant.DeviceFilter.Property;
import io.acmpintune.model.device.Device;

import static org.assertj.core.api.Assertions.assertThat;

class DeviceFilterTest {

    private static final DeviceFilter COMPANY_PHONES = new DeviceFilter(Map.of(Property.OPERATING_SYSTEM,
            Set.of("iOS", "Android"), Property.OWNERSHIP, Set.of("company"), Property.CATEGORY, Set.of()));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'id':'a','operatingSystem':'iOS','managedDeviceOwnerType':'company'}|true",
            "{'id':'a','operatingSystem':'ANDROID','managedDeviceOwnerType':'Company'}|true",
            "{'id':'a','operatingSystem':'iOS','managedDeviceOwnerType':'personal'}|false",
            "{'id':'a','operatingSystem':'Windows','managedDeviceOwnerType':'company'}|false",
            "{'id':'a','operatingSystem':'iOS'}|false", "{'id':'a'}|false"}, quoteCharacter = '"')
    void aDeviceNeedsOneOfTheValuesOfEachRestrictedProperty(String device, boolean admitted) {
        assertThat(COMPANY_PHONES.matches(device(device))).isEqualTo(admitted);
    }

    @Test
    void noRestrictionAdmitsEveryDevice() {
        assertThat(DeviceFilter.NONE.matches(device("{'id':'a'}"))).isTrue();
        assertThat(new DeviceFilter(Map.of(Property.CATEGORY, Set.of()))).isEqualTo(DeviceFilter.NONE);
    }

    @Test
    void everyPropertyIsComparedWithItsOwnColumn() {
        for (Property property : Property.values()) {
            DeviceFilter filter = new DeviceFilter(Map.of(property, Set.of("x")));

            assertThat(filter.columns()).containsExactly(property.graphName());
            assertThat(filter.matches(device("{'id':'a','" + property.graphName() + "':'x'}"))).as(property.key())
                    .isTrue();
        }
    }

    private static Device device(String json) {
        return JsonMapper.shared().readValue(json.replace('\'', '"'), Device.class);
    }
}
