package io.acmpintune.runtime.startup;

import java.util.List;
import java.util.Map;

import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowable;

class ConfigurationFaultsTest {

    private static final House RIGHT = house("https://house:1", "canary-key", 2);

    @Test
    void rightPropertiesHaveNoFaults() {
        assertThatNoException().isThrownBy(() -> ConfigurationFaults.of("house", RIGHT).throwIfAny());
    }

    @Test
    void violatedConstraintsAndFaultsAddedByHandAreReportedTogether() {
        ConfigurationFaults faults = ConfigurationFaults.of("house", house(null, " ", 99));
        faults.add("rooms", "there is no kitchen", "Add one");

        assertThat(thrown(faults)).containsExactly(
                new ConfigurationFault("house.address", "is missing", "Set it"),
                new ConfigurationFault("house.front-door.key", "is missing", "Set a key, best from a secret file"),
                new ConfigurationFault("house.rooms.Kitchen_1.windows-per-10m", "99 is out of range",
                        "Set 1 to 10, or leave the key out"),
                new ConfigurationFault("house.rooms", "there is no kitchen", "Add one"));
    }

    @Test
    void namesInMapsAndElementsOfListsAreNamed() {
        assertThat(thrown(ConfigurationFaults.of("house", new House("https://house", new Door("k"),
                Map.of("big.room", new Room(2, List.of(3, 0))))))).containsExactly(
                        new ConfigurationFault("house.rooms.big.room", "is not a room's name", "Use letters"),
                        new ConfigurationFault("house.rooms.big.room.chairs[1]", "0 legs are too few", "Correct it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"house:8081", "ftp://house", "http://", "http://house:8081/?a=b", "http://a b"})
    void whatIsNotAnHttpAddressIsReported(String address) {
        assertThat(thrown(ConfigurationFaults.of("house", house(address, "k", 2)))).containsExactly(
                new ConfigurationFault("house.address", "'" + address + "' is not an http or https address",
                        "Set one such as https://host:8443"));
    }

    @Test
    void faultsOfValidatedPropertiesAreTheSame() {
        Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("house.front-door.key", " ",
                "house.rooms.Kitchen_1.windows-per-10m", "99")));
        Throwable failure = catchThrowable(() -> binder.bind("house", Bindable.of(House.class),
                new ValidationBindHandler(new HouseValidator())));

        assertThat(failure).cause()
                .isInstanceOfSatisfying(BindValidationException.class,
                        cause -> assertThat(ConstraintViolationsAnalyzer.faults(cause.getValidationErrors()))
                                .isEqualTo(thrown(ConfigurationFaults.of("house", house(null, " ", 99)))));
        assertThat(new ConstraintViolationsAnalyzer().analyze(failure)).isNotNull()
                .satisfies(analysis -> assertThat(analysis.getDescription())
                        .contains("house.rooms.Kitchen_1.windows-per-10m: 99 is out of range"));
    }

    private static List<ConfigurationFault> thrown(ConfigurationFaults faults) {
        return assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(faults::throwIfAny)
                .actual()
                .faults();
    }

    private static House house(@Nullable String address, String key, int windows) {
        return new House(address, new Door(key), Map.of("Kitchen_1", new Room(windows, List.of())));
    }

    /** Validates the outermost record alone, as Spring Boot does. */
    private static final class HouseValidator extends SpringValidatorAdapter {

        private HouseValidator() {
            super(Validation.buildDefaultValidatorFactory().getValidator());
        }

        @Override
        public boolean supports(Class<?> type) {
            return type == House.class;
        }
    }

    record House(@NotBlank @HttpAddress @Nullable String address, @Valid Door frontDoor,
            @NotEmpty Map<@Pattern(regexp = "\\w+", message = "is not a room's name. Use letters") String, @Valid Room> rooms) {}

    record Door(@NotBlank(message = "is missing. Set a key, best from a secret file") String key) {}

    record Room(@Range(min = 1, max = 10) int windowsPer10m,
            List<@Min(value = 1, message = "${validatedValue} legs are too few") Integer> chairs) {

        Room {
            chairs = chairs == null ? List.of() : chairs;
        }
    }
}
