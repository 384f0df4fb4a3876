package io.acmpintune.engine.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.model.device.Device;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever text Intune has in whatever property: ACMP can have it. The rows are random, the seeds are not. */
class MappedTextTest {

    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");
    private static final int DEVICES = 500;
    private static final int LONGEST = 4_000;
    private static final List<String> TEXTS = texts();

    static Stream<Long> seeds() {
        return Stream.of(1L, 20_261_123L, -7L);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyFieldOfARandomDeviceIsWritableAndBounded(long seed) {
        Random random = new Random(seed);
        Mapping mapping = Mappings.tellingAll();
        int replaced = 0;
        int cut = 0;
        for (int i = 0; i < DEVICES; i++) {
            MappedClient mapped = mapping.map(device(random), CLIENT, random.nextBoolean());

            Stream.of(mapped.client(), mapped.mobileDevice())
                    .flatMap(record -> record.fields().entrySet().stream())
                    .forEach(field -> assertThat(field.getValue()).as(field.getKey())
                            .satisfies(text -> assertThat(isXml(text)).isTrue())
                            .hasSizeLessThanOrEqualTo(field.getKey().equals("DeviceActions") ? LONGEST : 255));
            replaced += mapped.replacedCharacters();
            cut += mapped.cutTexts();
        }
        assertThat(replaced).isPositive();
        assertThat(cut).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTextIsKeptButForWhatIsCountedAsReplacedOrCut(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            int maxLength = 1 + random.nextInt(40);

            FieldText made = FieldText.of(text, maxLength);

            assertThat(made.cut()).isEqualTo(text.length() > maxLength);
            assertThat(made.text().length()).isBetween(Math.min(text.length(), maxLength - 1), maxLength);
            long differing = 0;
            for (int at = 0; at < made.text().length(); at++) {
                differing += made.text().charAt(at) == text.charAt(at) ? 0 : 1;
            }
            assertThat(made.replaced()).isEqualTo((int) differing);
        }
    }

    private static Device device(Random random) {
        ObjectNode device = JsonMapper.shared().createObjectNode();
        device.put("id", "device-1");
        for (String property : TEXTS) {
            if (random.nextInt(4) > 0) {
                device.put(property, text(random));
            }
        }
        device.putArray("deviceActionResults")
                .addObject()
                .put("actionName", text(random))
                .put("scanType", text(random));
        device.putObject("deviceHealthAttestationState").put("deviceHealthAttestationStatus", text(random));
        device.put("totalStorageSpaceInBytes", random.nextLong());
        return Devices.of(device.toString());
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(Property.names());
        texts.removeIf(name -> Property.named(name).orElseThrow().type() != String.class);
        texts.remove("recordState");
        return texts;
    }

    /** Any UTF-16 units, more often than not from where it hurts. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(60);
        while (text.length() < length) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) (0xD800 + random.nextInt(0x800)));
                case 2 -> text.append((char) (0xFFF0 + random.nextInt(0x10)));
                case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }

    /** XML 1.0's production Char, written again from the specification. */
    private static boolean isXml(String text) {
        return text.matches("[\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]*");
    }
}
