package io.acmpintune.engine.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.acmpintune.engine.acmp.icql.SchemaField;

/** The version of a section's command for a server, or why there is none. */
sealed interface VersionChoice {

    record Chosen(ChosenVersion version) implements VersionChoice {}

    record None(List<MappingFault> faults) implements VersionChoice {}

    static List<MappingFault> faults(VersionChoice... choices) {
        return Arrays.stream(choices)
                .flatMap(choice -> choice instanceof None(var faults)
                        ? faults.stream()
                        : List.<MappingFault>of().stream())
                .toList();
    }

    static VersionChoice of(Section name, MappedSection section, OfferedVersions offered) {
        if (offered.byVersion().isEmpty()) {
            return new None(List.of(new MappingFault(section.file(), section.line(),
                    "ACMP has no command " + name.command() + ", which section " + name.key() + " is for",
                    "Update ACMP, or allow its Public API the command")));
        }
        SortedMap<Integer, List<SchemaField>> described = new TreeMap<>(offered.byVersion());
        described.values().removeIf(List::isEmpty);
        if (described.isEmpty()) {
            int version = offered.byVersion().containsKey(1) ? 1 : offered.byVersion().firstKey();
            return new Chosen(new ChosenVersion(version, List.of()));
        }
        return best(name, section, described);
    }

    private static VersionChoice best(Section name, MappedSection section,
            SortedMap<Integer, List<SchemaField>> described) {
        List<MappingFault> fewest = List.of();
        for (Map.Entry<Integer, List<SchemaField>> version : described.reversed().entrySet()) {
            List<MappingFault> faults = faults(name.command() + " version " + version.getKey(), section,
                    version.getValue());
            if (faults.isEmpty()) {
                return new Chosen(new ChosenVersion(version.getKey(),
                        version.getValue().stream().map(SchemaField::name).toList()));
            }
            if (fewest.isEmpty() || faults.size() < fewest.size()) {
                fewest = faults;
            }
        }
        return new None(fewest);
    }

    private static List<MappingFault> faults(String command, MappedSection section, List<SchemaField> schema) {
        List<String> known = schema.stream().map(SchemaField::name).toList();
        Set<String> mapped = section.fields().stream().map(MappedField::name).collect(Collectors.toSet());
        List<MappingFault> faults = new ArrayList<>();
        for (MappedField field : section.fields()) {
            if (!known.contains(field.name())) {
                faults.add(new MappingFault(section.file(), field.line(),
                        "ACMP's " + command + " has no field " + field.name(),
                        ClosestName.to(field.name(), known.stream().filter(name -> !mapped.contains(name)).toList())
                                .map(name -> "Rename it to " + name + ", or remove it")
                                .orElse("Remove it; known are " + String.join(", ", known))));
            }
        }
        for (SchemaField field : schema) {
            if (field.mandatory() && !mapped.contains(field.name())) {
                faults.add(new MappingFault(section.file(), section.line(),
                        "ACMP's " + command + " needs the field " + field.name() + ", which is not mapped",
                        "Add a line such as " + field.name()
                                + ": { property: deviceName }, with the property that fits"));
            }
        }
        return faults;
    }
}
