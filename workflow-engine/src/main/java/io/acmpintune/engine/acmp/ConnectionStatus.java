package io.acmpintune.engine.acmp;

import java.net.URI;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.sics.CredentialRefusal;
import io.acmpintune.engine.acmp.sics.UnencryptedFallback;

/**
 * What is known about the connection to ACMP without calling SICS.
 *
 * @param url SICS's address
 * @param encrypted whether calls use TLS now
 * @param fallback null unless calls go unencrypted to an https address
 * @param refusal null if SICS accepted the credentials or was not called yet
 * @param refusalByServer refusals of ACMP servers, by id
 */
public record ConnectionStatus(URI url, boolean encrypted, @Nullable UnencryptedFallback fallback,
        @Nullable CredentialRefusal refusal,
        Map<String, CredentialRefusal> refusalByServer) {

    public ConnectionStatus {
        refusalByServer = Map.copyOf(refusalByServer);
    }

}
