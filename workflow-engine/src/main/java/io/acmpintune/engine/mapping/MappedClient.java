package io.acmpintune.engine.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

import io.acmpintune.engine.acmp.icql.IcqlRecord;

/**
 * The records of one client that ACMP should have.
 *
 * @param client the fields of {@code SaveClients}
 * @param mobileDevice the fields of {@code SaveMobileDevices}
 * @param stable the fields of both records that are not routine, under names such as {@code client.ComputerName}; if they
 *     are unchanged, all other changes are routine
 * @param replacedCharacters characters in all fields that had to be replaced, because XML 1.0 forbids them
 * @param cutTexts fields that had to be cut, because their text was too long
 */
public record MappedClient(IcqlRecord client, IcqlRecord mobileDevice, SequencedMap<String, String> stable,
        int replacedCharacters, int cutTexts) {

    public MappedClient {
        stable = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(stable));
    }

    /** Contains the client's ID only, since the fields may be personal data. */
    @Override
    public String toString() {
        return "MappedClient[" + client + ", " + mobileDevice + "]";
    }
}
