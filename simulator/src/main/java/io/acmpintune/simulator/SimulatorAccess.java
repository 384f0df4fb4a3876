package io.acmpintune.simulator;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * What a client needs to be let in, as an administrator would hand it over.
 *
 * @param certificate PKCS#12 file with the application's certificate and RSA key
 * @param ca          PEM file with the authority that the HTTPS listener's certificate is from
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
