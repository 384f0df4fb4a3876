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

/** A mapping as its file says it. Pure: the same device gives the same records. */
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

    /** Tells one mapping from another: clients made by another mapping have to be made again. */
    public String digest() {
        return digest;
    }

    /** As {@link #map(Device, DeviceDetails, UUID, boolean)}, of a device that was not read by itself. */
    public MappedClient map(Device device, UUID clientId, boolean removed) {
        return map(device, null, clientId, removed);
    }

    /**
     * What ACMP should know of a device that is this client.
     *
     * @param details what was read of the device by itself; null = nothing
     * @param removed whether the device has left Intune
     */
    public MappedClient map(Device device, @Nullable DeviceDetails details, UUID clientId, boolean removed) {
        MappingInput subject = new MappingInput(device, details, clientId, removed, policy);
        Records records = new Records();
        return new MappedClient(records.of(Section.CLIENT, section(Section.CLIENT), subject),
                records.of(Section.MOBILE_DEVICE, section(Section.MOBILE_DEVICE), subject), records.stable,
                records.replaced, records.cut);
    }

    MappedSection section(Section section) {
        MappedSection found = sections.get(section);
        if (found == null) {
            throw new IllegalStateException("A mapping has every section, but this one lacks " + section.key());
        }
        return found;
    }

    /** The records of one client, and what both have in common. */
    private static final class Records {

        private final SequencedMap<String, String> stable = new LinkedHashMap<>();
        private int replaced;
        private int cut;

        IcqlRecord of(Section name, MappedSection section, MappingInput subject) {
            SequencedMap<String, String> fields = new LinkedHashMap<>();
            for (MappedField field : section.fields()) {
                FieldText text = field.rule().text(subject);
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
