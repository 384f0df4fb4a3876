package io.acmpintune.engine.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identifies a set of clients, in any order: their number, and a digest of their ids. A preview by filter returns it, and the order
 * repeats it, so that the order affects the clients that were shown and no others.
 */
public record ClientSet(int count, String digest) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-([0-9a-f]{64})");

    static ClientSet of(Collection<UUID> clients) {
        MessageDigest sha = sha256();
        clients.stream()
                .map(UUID::toString)
                .sorted()
                .forEach(id -> sha.update((id + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new ClientSet(clients.size(), HexFormat.of().formatHex(sha.digest()));
    }

    /** Reads a set as {@link #text} writes it; empty for any other text. */
    public static Optional<ClientSet> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new ClientSet(Integer.parseInt(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }

    @JsonCreator
    static ClientSet read(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no set of clients"));
    }

    @JsonValue
    public String text() {
        return count + "-" + digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
