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

import io.acmpintune.runtime.startup.WrongConfiguration;

/**
 * The tokens that open the API, and whose they are. Several of one name are valid at once, so that one is rotated by adding the
 * new, changing the caller, and removing the old. Only digests are kept, and a look at one token takes as long as a look at any
 * other.
 */
public final class ApiTokens {

    /** The name of whoever uses a token that the configuration gives without a name: all of them count as one person. */
    static final String PLAIN = "api";

    private final List<Known> tokens;

    /** A token, known by its digest. */
    record Known(String digest, Identity identity) {}

    private ApiTokens(List<Known> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    /**
     * Reads the tokens of a configuration.
     *
     * @param key the property that holds them, for the message
     * @param plainRoles the roles of a token that is given without name and role
     * @throws WrongConfiguration when there is none, or one is too short to be secret, or it is not clear whose one is
     */
    public static ApiTokens of(String key, @Nullable List<ApiToken> tokens, Set<Role> plainRoles) {
        ApiTokenReader reader = new ApiTokenReader(key, plainRoles);
        List<Known> known = reader.read(tokens == null ? List.of() : tokens);
        if (!reader.faults().isEmpty()) {
            throw new WrongConfiguration(reader.faults());
        }
        return new ApiTokens(known);
    }

    /** Whose tokens there are and with which roles, in the order of the names; not the tokens. */
    public List<Identity> identities() {
        return tokens.stream().map(Known::identity).distinct().sorted(Comparator.comparing(Identity::name)).toList();
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
