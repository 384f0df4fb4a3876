package io.acmpintune.runtime.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.startup.InvalidConfigurationException;

/**
 * The API's tokens and their owners. A name may have several tokens, so that one can be rotated: add the new one,
 * change the caller, remove the old one. Only digests are kept, and comparing takes constant time.
 */
public final class ApiTokens {

    /** The name of all tokens that are configured without a name. */
    static final String PLAIN = "api";

    private final List<Known> tokens;

    /** A token's digest and owner. */
    record Known(String digest, Identity identity) {}

    private ApiTokens(List<Known> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * What the tokens of a service may be.
     *
     * @param offered the roles of named tokens
     * @param plain the roles of a token without name and role; empty = there are none
     * @param several whether a token may have several roles
     * @param alone roles that no token has together with another
     */
    public record Rules(Set<Role> offered, Set<Role> plain, boolean several, Set<Role> alone) {
        public Rules {
            offered = Set.copyOf(offered);
            plain = Set.copyOf(plain);
            alone = Set.copyOf(alone);
        }
    }

    /**
     * Creates the tokens of a configuration.
     *
     * @param key the property's name, for messages
     * @throws InvalidConfigurationException if there is none, one is too short, or one has several owners
     */
    public static ApiTokens of(String key, @Nullable List<ApiToken> tokens, Rules rules) {
        ApiTokenReader reader = new ApiTokenReader(key, rules);
        List<Known> known = reader.read(tokens == null ? List.of() : tokens);
        if (!reader.faults().isEmpty()) {
            throw new InvalidConfigurationException(reader.faults());
        }
        return new ApiTokens(known);
    }

    /** Returns the owners of tokens, ordered by name. */
    public List<Identity> identities() {
        return tokens.stream().map(Known::identity).distinct().sorted(Comparator.comparing(Identity::key)).toList();
    }

    Optional<Identity> find(String token) {
        byte[] presented = bytes(digest(token));
        Identity found = null;
        for (Known known : tokens) {
            if (MessageDigest.isEqual(bytes(known.digest()), presented)) {
                found = known.identity();
            }
        }
        return Optional.ofNullable(found);
    }

    static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(token)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
