package io.acmpintune.engine.webhook;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.task.Task;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.AuditedConfiguration;
import io.acmpintune.runtime.lane.LaneWork;
import io.acmpintune.runtime.lane.Lanes;

/** Configures the webhooks. Each has a lane of its own, so that a slow receiver delays no other. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final String KEY = "engine.webhooks";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** All receivers as one bean. */
    record Receivers(List<Webhook> all) {}

    @Bean
    Receivers webhookReceivers(Environment environment, SslBundles bundles) {
        Map<String, WebhookProperties> properties = Binder.get(environment)
                .bind(KEY, Bindable.mapOf(String.class, WebhookProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .orElse(Map.of());
        return new Receivers(WebhookReader.read(properties, Set.copyOf(bundles.getBundleNames())));
    }

    @Bean
    Webhooks webhooks(Receivers receivers, DeliveryRepository deliveries, Lanes lanes, JsonMapper json,
            InstantSource clock) {
        return new Webhooks(receivers.all(), deliveries, lanes, json, clock);
    }

    @Bean
    Task<Void> webhookLane(Lanes lanes, Receivers receivers, SslBundles bundles, DeliveryRepository deliveries,
            InstantSource clock) {
        Map<String, LaneWork> work = new HashMap<>();
        for (Webhook webhook : receivers.all()) {
            WebhookSender sender = new WebhookSender(webhook, http(webhook, bundles), TIMEOUT);
            work.put(webhook.name(), new WebhookLane(webhook, sender, deliveries, clock)::run);
        }
        return lanes.define(Webhooks.LANE, work);
    }

    /** Lists hosts and events. Paths are left out, since they may contain a secret of the receiver. */
    @Bean
    AuditedConfiguration auditedWebhooks(Receivers receivers) {
        return () -> values(receivers.all());
    }

    private static SortedMap<String, String> values(List<Webhook> webhooks) {
        TreeMap<String, String> values = new TreeMap<>();
        for (Webhook webhook : webhooks) {
            values.put(KEY + "." + webhook.name() + ".host", webhook.url().getHost());
            values.put(KEY + "." + webhook.name() + ".events",
                    webhook.events().stream().map(WebhookEventType::text).sorted().collect(Collectors.joining(",")));
        }
        return values;
    }

    private static HttpClient http(Webhook webhook, SslBundles bundles) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(WebhookSender.CONNECT);
        if (webhook.sslBundle() != null) {
            http.sslContext(bundles.getBundle(webhook.sslBundle()).createSslContext());
        }
        return http.build();
    }
}
