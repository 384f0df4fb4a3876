package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Source of a client secret. {@code toString} never contains the secret. */
public sealed interface SecretSource {

    /** Returns the present secret. */
    String read() throws IOException;

    /** Part of the configuration or of a request. */
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

    /** A file, read for each token so that a replaced file takes effect without a restart. */
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
