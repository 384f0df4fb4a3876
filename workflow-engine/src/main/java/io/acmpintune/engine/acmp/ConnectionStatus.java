package io.acmpintune.engine.acmp;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.sics.CredentialRefusal;
import io.acmpintune.engine.acmp.sics.UnencryptedFallback;

/**
 * What is known of the way to ACMP without asking anybody.
 *
 * @param url SICS's address
 * @param encrypted whether calls go over TLS now
 * @param fallback since when and why they go unencrypted to an https address; null while they do not
 * @param refusal since when and why SICS does not take the credentials; null if it takes them or was not asked
 * @param refusalByServer the same for ACMP servers, by their names; only those that refuse
 */
public record ConnectionStatus(URI url, boolean encrypted, @Nullable UnencryptedFallback fallback,
        @Nullable CredentialRefusal refusal,
        Map<String, CredentialRefusal> refusalByServer) {

    public ConnectionStatus {
        refusalByServer = Map.copyOf(refusalByServer);
    }

}
