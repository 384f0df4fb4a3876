package io.acmpintune.engine.console.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientDetails.Fields;

/**
 * A field of ACMP's records: its desired value, and the one that a server last took.
 *
 * @param command which command writes it
 * @param desired null = it is no longer written
 * @param acknowledged null = the server has nothing of it from us
 */
record AcmpField(String command, String name, @Nullable String desired, @Nullable String acknowledged) {

    public boolean differs() {
        return desired != null && !desired.equals(acknowledged);
    }

    /** Every field of both records, in their order. */
    static List<AcmpField> of(Fields desired, @Nullable Fields acknowledged) {
        List<AcmpField> fields = new ArrayList<>();
        add("SaveClients", desired.client(), acknowledged == null ? Map.of() : acknowledged.client(), fields);
        add("SaveMobileDevices", desired.mobileDevice(), acknowledged == null ? Map.of() : acknowledged.mobileDevice(),
                fields);
        return fields;
    }

    private static void add(String command, Map<String, String> desired, Map<String, String> acknowledged,
            List<AcmpField> fields) {
        Set<String> names = new LinkedHashSet<>(desired.keySet());
        names.addAll(acknowledged.keySet());
        names.forEach(name -> fields.add(new AcmpField(command, name, desired.get(name), acknowledged.get(name))));
    }
}
