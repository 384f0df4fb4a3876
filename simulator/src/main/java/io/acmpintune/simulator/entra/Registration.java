package io.acmpintune.simulator.entra;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An application as an administrator registered it in the tenant.
 *
 * @param secret the value of its client secret
 * @param secretExpires when Entra starts to refuse the secret
 * @param certificate RSA certificate of the key that signs the application's assertions
 * @param roles application permissions with admin consent, such as {@code DeviceManagementManagedDevices.Read.All}
 */
public record Registration(UUID tenantId, UUID clientId, String secret, Instant secretExpires,
        X509Certificate certificate, Set<String> roles) {

    public Registration {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the simulated application needs a client secret");
        }
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "Registration[tenantId=" + tenantId + ", clientId=" + clientId + ", roles=" + roles + "]";
    }
}
