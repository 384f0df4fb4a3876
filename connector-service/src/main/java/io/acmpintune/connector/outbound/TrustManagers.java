package io.acmpintune.connector.outbound;

import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.springframework.boot.ssl.SslBundle;

/** Finds the trust manager of an SSL bundle, which OkHttp requires in addition to the socket factory. */
final class TrustManagers {

    private TrustManagers() {}

    static X509TrustManager of(SslBundle bundle) {
        TrustManager[] managers = bundle.getManagers().getTrustManagers();
        return Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The SSL bundle has no X.509 trust manager"));
    }
}
