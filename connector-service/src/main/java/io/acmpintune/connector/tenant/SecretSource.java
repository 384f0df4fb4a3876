package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a client secret comes from. Its text never shows it. */
public sealed interface SecretSource {

    /** The secret as it is now. */
    String read() throws IOException;

    /** Part of the configuration, or handed over in a request. */
    record Inline(String value) implements SecretSource {
        @Override
        public String read() {
            return value;
        }

        @Override
        public String toString() {
            return "…";
        }
    }

    /** Read anew for each token, so that a replaced file is used without a restart. */
    record InFile(Path file) implements SecretSource {
        @Override
        public String read() throws IOException {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new IOException(file + " is empty");
            }
            return value;
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
