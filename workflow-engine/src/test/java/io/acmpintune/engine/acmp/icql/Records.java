package io.acmpintune.engine.acmp.icql;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;

/** Records for tests. */
public final class Records {

    private Records() {}

    /** A record of names and texts in turn. */
    public static IcqlRecord of(String... namesAndTexts) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new IcqlRecord(fields);
    }

    /** A client under an id that depends only on the number. */
    public static IcqlRecord client(int number) {
        return of("ClientId", AcmpGuid.write(new UUID(number, number)), "ComputerName", "PC-" + number,
                "ComputerDomain", "");
    }

    /** A client whose id ACMP is to choose. */
    public static IcqlRecord clientWithoutId(int number) {
        return client(number).with("ClientId", "");
    }
}
