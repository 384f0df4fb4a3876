package io.acmpintune.engine.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Hashes an entry: SHA-256 over an unambiguous encoding of its fields. A text is its length in bytes (four bytes, big-endian) and its
 * UTF-8 bytes; null is the length -1. {@code docs/audit.md} specifies the encoding, so that exports can be verified without this code.
 */
final class EntryHash {

    /** The previous hash of the first entry. */
    static final String NONE = "0".repeat(64);

    private static final String FORM = "acmp-intune-audit-1";

    private final MessageDigest digest;

    private EntryHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Returns the hash that the entry would have with the number {@code seq}. */
    static String of(AuditEntry entry, long seq) {
        EntryHash hash = new EntryHash();
        hash.text(FORM);
        hash.text(entry.previousHash());
        hash.text(Long.toString(seq));
        hash.text(entry.time());
        hash.text(entry.actor());
        hash.text(entry.onBehalfOf());
        hash.text(entry.event());
        hash.text(entry.workflow());
        hash.text(entry.targetKind());
        hash.text(entry.targetId());
        hash.texts(entry.correlation());
        hash.texts(entry.before());
        hash.texts(entry.after());
        hash.text(entry.reason());
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    private void text(@Nullable String text) {
        if (text == null) {
            number(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void texts(@Nullable Map<String, String> texts) {
        if (texts == null) {
            number(-1);
            return;
        }
        number(texts.size());
        new TreeMap<>(texts).forEach((name, value) -> {
            text(name);
            text(value);
        });
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }
}
