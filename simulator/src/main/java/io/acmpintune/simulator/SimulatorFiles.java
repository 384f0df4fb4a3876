package io.acmpintune.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the files that other processes need to use the simulator. */
final class SimulatorFiles {

    private static final String CA = "ca.pem";
    private static final String CERTIFICATE = "intune.pfx";
    private static final String PROPERTIES = "simulator.properties";

    private final Path directory;
    private final boolean temporary;

    private SimulatorFiles(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    static SimulatorFiles in(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new SimulatorFiles(directory.toAbsolutePath(), false);
    }

    static SimulatorFiles temporary() throws IOException {
        return new SimulatorFiles(Files.createTempDirectory("acmp-intune-simulator"), true);
    }

    Path ca() {
        return directory.resolve(CA);
    }

    Path certificate() {
        return directory.resolve(CERTIFICATE);
    }

    void writeCa(X509Certificate authority) throws IOException {
        Files.writeString(ca(), Certificates.pem(authority));
    }

    void writeCertificate(Certificates.Identity application, String password) throws IOException {
        try (OutputStream out = Files.newOutputStream(certificate())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("intune", application.key(), password.toCharArray(),
                    new Certificate[]{application.certificate()});
            store.store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write " + certificate(), e);
        }
    }

    /** Written last and moved into place atomically: when it exists, all others do. */
    void writeProperties(Map<String, String> properties) throws IOException {
        Path part = directory.resolve(PROPERTIES + ".part");
        String text = new TreeMap<>(properties).entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        Files.writeString(part, text, StandardCharsets.US_ASCII);
        Files.move(part, directory.resolve(PROPERTIES), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Escapes backslashes and non-ASCII letters of paths; {@link java.util.Properties} reads ISO 8859-1. */
    private static String escaped(String value) {
        var escaped = new StringBuilder();
        value.chars()
                .forEach(c -> escaped
                        .append(c == '\\' ? "\\\\" : c > '~' ? "\\u%04x".formatted(c) : Character.toString(c)));
        return escaped.toString();
    }

    void removeTemporary() throws IOException {
        if (temporary) {
            for (String name : new String[]{PROPERTIES, CERTIFICATE, CA}) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        }
    }
}
