package io.acmpintune.connector.tenant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Source of a PKCS#12. {@code toString} names it in messages. */
public sealed interface CertificateSource {

    /** Opens a new stream. */
    InputStream open() throws IOException;

    /** A file, read each time so that a replaced file takes effect without a restart. */
    record InFile(Path file) implements CertificateSource {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** Part of a request; never stored. */
    final class Inline implements CertificateSource {

        private final byte[] pkcs12;

        Inline(byte[] pkcs12) {
            this.pkcs12 = pkcs12.clone();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(pkcs12);
        }

        @Override
        public String toString() {
            return "the submitted certificate";
        }
    }
}
