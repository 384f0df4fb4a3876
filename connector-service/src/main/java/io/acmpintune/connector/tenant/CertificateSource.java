package io.acmpintune.connector.tenant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a PKCS#12 comes from. Its text names it in messages. */
public sealed interface CertificateSource {

    /** Opens it anew. */
    InputStream open() throws IOException;

    /** Read anew each time, so that a replaced file is used without a restart. */
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

    /** Handed over in a request and never written anywhere. */
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
            return "the certificate handed over";
        }
    }
}
