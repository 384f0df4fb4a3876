package io.acmpintune.runtime.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.WrongConfiguration;

/**
 * The tokens that open the API. Several are valid at once, so that one is rotated by adding the new, changing the callers,
 * and removing the old. Only digests are kept, and a look at one token takes as long as a look at any other.
 */
public final class ApiTokens {

    /** 32 characters: 128 bits even when they are hexadecimal digits. */
    static final int SHORTEST = 32;

    private final List<byte[]> digests;

    private ApiTokens(List<byte[]> digests) {
        this.digests = digests;
    }

    /**
     * Reads the tokens of a configuration.
     *
     * @param key the property that holds them, for the message
     * @throws WrongConfiguration when there is none, or one is too short to be secret
     */
    public static ApiTokens of(String key, @Nullable List<String> tokens) {
        if (tokens == null || tokens.isEmpty()) {
            throw new WrongConfiguration(List.of(new ConfigurationFault(key,
                    "no token is set, so nobody could call the API",
                    "Set at least one random text of " + SHORTEST + " characters or more, best from a secret file")));
        }
        List<ConfigurationFault> faults = new ArrayList<>();
        List<byte[]> digests = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).length() < SHORTEST || tokens.get(i).isBlank()) {
                faults.add(new ConfigurationFault(key + "[" + i + "]",
                        "the token has " + tokens.get(i).length() + " characters and could be guessed",
                        "Set a random text of " + SHORTEST + " characters or more"));
            }
            digests.add(digest(tokens.get(i)));
        }
        if (!faults.isEmpty()) {
            throw new WrongConfiguration(faults);
        }
        return new ApiTokens(List.copyOf(digests));
    }

    boolean contain(String token) {
        byte[] presented = digest(token);
        boolean found = false;
        for (byte[] known : digests) {
            found |= MessageDigest.isEqual(known, presented);
        }
        return found;
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
