package io.acmpintune.engine.mapping;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.workflow.PersonalDataPolicy;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;

/** Maps devices to the records of ACMP. Pure: the same device gives the same builder. */
public final class Mapping {

    private final String digest;
    private final PersonalDataPolicy policy;
    private final Map<Section, MappedSection> sections;

    /**
     * A mapping.
     *
     * @param sections all of them
     */
    Mapping(String digest, PersonalDataPolicy policy, Map<Section, MappedSection> sections) {
        this.digest = digest;
        this.policy = policy;
        this.sections = new EnumMap<>(sections);
    }

    /** Identifies the mapping: clients of another mapping have to be mapped again. */
    public String digest() {
        return digest;
    }

    /** Maps a device without details. */
    public MappedClient map(Device device, UUID clientId, boolean removed) {
        return map(device, null, clientId, removed);
    }

    /**
     * Maps a device to the records of its client.
     *
     * @param details what was read of the device individually; null = nothing
     * @param removed whether the device left Intune
     */
    public MappedClient map(Device device, @Nullable DeviceDetails details, UUID clientId, boolean removed) {
        MappingInput input = new MappingInput(device, details, clientId, removed, policy);
        RecordBuilder builder = new RecordBuilder();
        return new MappedClient(builder.of(Section.CLIENT, section(Section.CLIENT), input),
                builder.of(Section.MOBILE_DEVICE, section(Section.MOBILE_DEVICE), input), builder.stable,
                builder.replaced, builder.cut);
    }

    MappedSection section(Section section) {
        MappedSection found = sections.get(section);
        if (found == null) {
            throw new IllegalStateException("A mapping has every section, but this one lacks " + section.key());
        }
        return found;
    }

    /** Collects the records of one client. */
    private static final class RecordBuilder {

        private final SequencedMap<String, String> stable = new LinkedHashMap<>();
        private int replaced;
        private int cut;

        IcqlRecord of(Section name, MappedSection section, MappingInput input) {
            SequencedMap<String, String> fields = new LinkedHashMap<>();
            for (MappedField field : section.fields()) {
                FieldText text = field.rule().text(input);
                fields.put(field.name(), text.text());
                if (!field.routine()) {
                    stable.put(name.key() + "." + field.name(), text.text());
                }
                replaced += text.replaced();
                cut += text.cut() ? 1 : 0;
            }
            return new IcqlRecord(fields);
        }
    }
}
