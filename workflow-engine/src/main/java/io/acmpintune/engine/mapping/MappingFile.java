package io.acmpintune.engine.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.yaml.snakeyaml.nodes.MappingNode;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.mapping.MappingYaml.Entry;
import io.acmpintune.engine.workflow.PersonalDataPolicy;

/**
 * Reads a mapping file. A missing section is taken from the default file, so that an operator who changes mobile-device fields
 * need not copy the client's. Faults are reported with their lines.
 */
public final class MappingFile {

    private static final String STANDARD = "/mapping/mobile-devices.yml";
    private static final String ID_RULE = IcqlRecord.CLIENT_ID + ": { property: clientId, as: guid }";

    /** Of a GUID in braces. */
    private static final int ID_LENGTH = 38;

    private final String file;
    private final MappingYaml yaml;

    private MappingFile(String file) {
        this.file = file;
        this.yaml = new MappingYaml(file);
    }

    /**
     * Reads a mapping.
     *
     * @param file its name, for messages
     * @param text what is in it
     * @param policy what is shown of personally owned devices
     * @throws InvalidMappingException with every fault, when it cannot be used
     */
    public static Mapping read(String file, String text, PersonalDataPolicy policy) {
        Map<Section, MappedSection> sections = new EnumMap<>(Section.class);
        sections.putAll(new MappingFile(file).sections(text));
        String used = text;
        if (sections.size() < Section.values().length) {
            String standard = standardText();
            new MappingFile("the default file").sections(standard).forEach(sections::putIfAbsent);
            used = text + standard;
        }
        return new Mapping(digest(used + policy), policy, sections);
    }

    /** {@link #read(String, String, PersonalDataPolicy)} with the strict policy. */
    public static Mapping read(String file, String text) {
        return read(file, text, PersonalDataPolicy.STRICT);
    }

    /** Returns the text of the default file. */
    public static String standardText() {
        try (InputStream standard = MappingFile.class.getResourceAsStream(STANDARD)) {
            if (standard == null) {
                throw new IllegalStateException(STANDARD + " is missing in the jar");
            }
            return new String(standard.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(STANDARD + " in the jar cannot be read", e);
        }
    }

    private Map<Section, MappedSection> sections(String text) {
        Map<Section, MappedSection> sections = new EnumMap<>(Section.class);
        yaml.root(text)
                .map(root -> yaml.entries(root, "the file", "Write the sections client: and mobile-device:"))
                .ifPresent(entries -> entries.forEach((key, entry) -> Section.named(key)
                        .ifPresentOrElse(section -> sections.put(section, section(key, entry)),
                                () -> yaml.fault(entry.key(), "'" + key + "' is no section of a mapping",
                                        "Use client and mobile-device"))));
        yaml.requireNoFault();
        if (sections.isEmpty()) {
            yaml.fault("is empty",
                    "Write the section client, mobile-device or both; one that is left out is as in the default file");
            yaml.requireNoFault();
        }
        return sections;
    }

    private MappedSection section(String key, Entry entry) {
        String name = "section " + key;
        Map<String, Entry> entries = yaml.entries(entry.value(), name,
                "Write a line for each field, such as " + ID_RULE);
        FieldReader reader = new FieldReader(yaml);
        List<MappedField> fields = new ArrayList<>();
        entries.forEach((field, rule) -> reader.field(field, rule).ifPresent(fields::add));
        requireClientId(name, entry, entries, fields);
        return new MappedSection(file, MappingYaml.line(entry.key()), fields);
    }

    private void requireClientId(String section, Entry entry, Map<String, Entry> entries, List<MappedField> fields) {
        Entry id = entries.get(IcqlRecord.CLIENT_ID);
        if (id == null) {
            if (entry.value() instanceof MappingNode) {
                yaml.fault(entry.key(), section + " has no field ClientId, which identifies the client in ACMP",
                        "Add the line " + ID_RULE);
            }
            return;
        }
        fields.stream()
                .filter(field -> field.name().equals(IcqlRecord.CLIENT_ID))
                .findFirst()
                .filter(field -> !isId(field.rule()))
                .ifPresent(_ -> yaml.fault(id.key(), "ClientId is not the client's ID, which identifies it in ACMP",
                        "Write " + ID_RULE));
    }

    /** Returns whether every client gets its own ID; a rule that could not be read has its fault already. */
    private static boolean isId(FieldRule rule) {
        return switch (rule) {
            case FieldRule.Constant _ -> false;
            case FieldRule.FromProperties(var properties, var transform, var table, _, int maxLength) ->
                properties.isEmpty()
                        || (properties.size() == 1 && properties.getFirst().name().equals(Property.CLIENT_ID)
                                && table.isEmpty() && maxLength >= ID_LENGTH
                                && (transform == Transform.GUID || transform == Transform.TEXT));
        };
    }

    private static String digest(String used) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(used.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
