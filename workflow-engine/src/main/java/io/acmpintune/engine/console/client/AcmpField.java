package io.acmpintune.engine.console.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientDetails.Fields;

/**
 * A field of ACMP's records: what it should hold, and what a server last took.
 *
 * @param command which command writes it
 * @param wanted null = it is no longer written
 * @param taken null = the server has nothing of it from us
 */
record AcmpField(String command, String name, @Nullable String wanted, @Nullable String taken) {

    public boolean differs() {
        return wanted != null && !wanted.equals(taken);
    }

    /** Every field of both records, in their order. */
    static List<AcmpField> of(Fields wanted, @Nullable Fields taken) {
        List<AcmpField> fields = new ArrayList<>();
        add("SaveClients", wanted.client(), taken == null ? Map.of() : taken.client(), fields);
        add("SaveMobileDevices", wanted.mobileDevice(), taken == null ? Map.of() : taken.mobileDevice(), fields);
        return fields;
    }

    private static void add(String command, Map<String, String> wanted, Map<String, String> taken,
            List<AcmpField> fields) {
        Set<String> names = new LinkedHashSet<>(wanted.keySet());
        names.addAll(taken.keySet());
        names.forEach(name -> fields.add(new AcmpField(command, name, wanted.get(name), taken.get(name))));
    }
}
