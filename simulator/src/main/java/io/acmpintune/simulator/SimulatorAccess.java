package io.acmpintune.simulator;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * The credentials and files that a client needs.
 *
 * @param certificate PKCS#12 file with the application's certificate and RSA key
 * @param ca PEM file of the authority that issued the HTTPS listener's certificate
 */
public record SimulatorAccess(UUID tenantId, UUID clientId, String clientSecret, Path certificate,
        String certificatePassword, String sicsUser, String sicsPassword, Path ca) {

    @Override
    public String toString() {
        return "SimulatorAccess[tenantId=" + tenantId + ", clientId=" + clientId + ", certificate=" + certificate + "]";
    }

    Map<String, String> properties() {
        return Map.of("tenant-id", tenantId.toString(), "client-id", clientId.toString(), "client-secret", clientSecret,
                "certificate", certificate.toString(), "certificate-password", certificatePassword, "sics-user",
                sicsUser,
                "sics-password", sicsPassword, "ca", ca.toString());
    }
}
