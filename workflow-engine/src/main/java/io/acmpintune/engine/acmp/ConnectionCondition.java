package io.acmpintune.engine.acmp;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the way to ACMP without asking anybody.
 *
 * @param url SICS's address
 * @param encrypted whether calls go over TLS now
 * @param fallback since when and why they go unencrypted to an https address; null while they do not
 * @param refusal since when and why SICS does not take the credentials; null if it takes them or was not asked
 * @param refusalByServer the same for ACMP servers, by their names; only those that refuse
 */
public record ConnectionCondition(URI url, boolean encrypted, @Nullable Fallback fallback, @Nullable Refusal refusal,
        Map<String, Refusal> refusalByServer) {

    public ConnectionCondition {
        refusalByServer = Map.copyOf(refusalByServer);
    }

    /** @param because why there is no TLS connection */
    public record Fallback(Instant since, AcmpProblem because) {}

    /** @param problem what was refused, and what to do about it */
    public record Refusal(Instant since, AcmpProblem problem) {}
}
