package io.acmpintune.system;

import java.security.SecureRandom;

import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The users of the console: one person of each role that a test needs, all with the same password. */
final class ConsolePeople {

    static final String PASSWORD = "canary-console-password";

    private ConsolePeople() {}

    /** Returns {@code engine.console.users}. */
    static String yaml() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        String hash = OpenBSDBCrypt.generate(PASSWORD.toCharArray(), salt, 10);
        return """
                engine.console.users:
                  - { name: olga, roles: [ operator ], password: "{bcrypt}%s" }
                  - { name: ada, roles: [ approver ], password: "{bcrypt}%s" }
                  - { name: root, roles: [ administrator ], password: "{bcrypt}%s" }
                """.formatted(hash, hash, hash);
    }
}
