package io.acmpintune.runtime.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/**
 * Encrypts a Mac's unlock code while it waits in the database: AES-256-GCM, bound to its action or job. The key comes
 * from the configuration and is never stored; without a key, requests with a code are refused.
 */
public final class UnlockCodeCipher {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final @Nullable SecretKeySpec key;
    private final @Nullable SecretKeySpec digestKey;
    private final SecureRandom random = new SecureRandom();

    private UnlockCodeCipher(byte @Nullable [] key) {
        this.key = key == null ? null : new SecretKeySpec(key, "AES");
        this.digestKey = key == null ? null : new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * Creates a cipher with the configured key.
     *
     * @param property the property's name, for messages
     * @param base64 32 random bytes in Base64; null = no key
     * @throws InvalidConfigurationException if it is something else
     */
    public static UnlockCodeCipher of(String property, @Nullable String base64) {
        if (base64 == null || base64.isBlank()) {
            return new UnlockCodeCipher(null);
        }
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            if (key.length == KEY_BYTES) {
                return new UnlockCodeCipher(key);
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw new InvalidConfigurationException(
                List.of(new ConfigurationFault(property, "is not a key of 32 bytes in Base64",
                        "Make one with: openssl rand -base64 32, and keep it in a secret file")));
    }

    public boolean hasKey() {
        return key != null;
    }

    /** Returns the code encrypted for this action or job, in Base64. */
    public String encrypt(UUID owner, String code) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = crypt(Cipher.ENCRYPT_MODE, owner, nonce, code.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    /** The code was encrypted with another key. */
    public static final class UndecryptableException extends Exception {

        private static final long serialVersionUID = 1L;

        UndecryptableException(@Nullable Throwable cause) {
            super("the unlock code cannot be decrypted with the key of the configuration", cause);
        }
    }

    /** Returns the decrypted code; null if there is none. */
    public @Nullable String decrypt(UUID owner, @Nullable String sealed) throws UndecryptableException {
        if (sealed == null) {
            return null;
        }
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            return new String(crypt(Cipher.DECRYPT_MODE, owner, Arrays.copyOf(whole, NONCE_BYTES),
                    Arrays.copyOfRange(whole, NONCE_BYTES, whole.length)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UndecryptableException(e);
        }
    }

    /** Returns a keyed digest, to recognize the same code without decrypting it. */
    public String digest(String idempotencyKey, String code) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            mac.update(idempotencyKey.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(code.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
        }
    }

    private byte[] crypt(int mode, UUID owner, byte[] nonce, byte[] text) throws GeneralSecurityException {
        if (key == null) {
            throw new InvalidKeyException("there is no key");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.toString().getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(text);
    }
}
