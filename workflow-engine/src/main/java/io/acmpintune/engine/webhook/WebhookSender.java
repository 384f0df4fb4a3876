package io.acmpintune.engine.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends signed deliveries to one receiver. */
final class WebhookSender {

    static final Duration CONNECT = Duration.ofSeconds(5);

    private final Webhook webhook;
    private final HttpClient http;
    private final Duration timeout;

    /**
     * @param http must not follow redirects, since the signature is for this receiver
     * @param timeout of a whole attempt, including a body that never ends
     */
    WebhookSender(Webhook webhook, HttpClient http, Duration timeout) {
        this.webhook = webhook;
        this.http = http;
        this.timeout = timeout;
    }

    DeliveryAttempt send(DeliveryRepository.Due delivery, Instant now) throws InterruptedException {
        String timestamp = Long.toString(now.getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "acmp-intune-connector")
                .header("X-Acmp-Intune-Event", delivery.event().text())
                .header("X-Acmp-Intune-Delivery", delivery.id().toString())
                .header("X-Acmp-Intune-Timestamp", timestamp)
                .header("X-Acmp-Intune-Signature-256", "sha256=" + signature(timestamp, delivery.body()))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                .build();
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request,
                HttpResponse.BodyHandlers.discarding());
        try {
            return result(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode());
        } catch (TimeoutException _) {
            return new DeliveryAttempt.NotAnswered("The receiver did not answer within " + timeout.toSeconds() + " s.");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // the message may contain the address, which may contain a secret of the receiver
            return new DeliveryAttempt.NotAnswered(
                    "The receiver could not be reached (" + cause.getClass().getSimpleName() + ").");
        } finally {
            answer.cancel(true);
        }
    }

    /** Returns HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal digits. */
    String signature(String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(webhook.secret().getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static DeliveryAttempt result(int status) {
        if (status / 100 == 2) {
            return new DeliveryAttempt.Accepted(status);
        }
        return new DeliveryAttempt.Refused(status, status / 100 == 3
                ? "The receiver answered " + status + "; redirects are not followed. Configure the address it leads to."
                : "The receiver answered " + status + ".");
    }
}
