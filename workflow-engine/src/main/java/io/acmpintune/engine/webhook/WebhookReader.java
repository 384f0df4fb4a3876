package io.acmpintune.engine.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** Reads the configured webhooks, and collects every fault. */
final class WebhookReader {

    static final int SHORTEST_SECRET = 32;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final String KINDS = Arrays.stream(WebhookEventType.values())
            .map(WebhookEventType::text)
            .collect(Collectors.joining(", "));

    private final Set<String> sslBundles;
    private final List<ConfigurationFault> faults = new ArrayList<>();

    private WebhookReader(Set<String> sslBundles) {
        this.sslBundles = sslBundles;
    }

    /** @throws InvalidConfigurationException with every fault found */
    static List<Webhook> read(Map<String, WebhookProperties> webhooks, Set<String> sslBundles) {
        WebhookReader reader = new WebhookReader(sslBundles);
        List<Webhook> read = new ArrayList<>();
        webhooks.forEach((name, properties) -> reader.read(name, properties).ifPresent(read::add));
        if (!reader.faults.isEmpty()) {
            throw new InvalidConfigurationException(reader.faults);
        }
        return List.copyOf(read);
    }

    private Optional<Webhook> read(String name, WebhookProperties properties) {
        int before = faults.size();
        String key = "engine.webhooks." + name;
        if (!NAME.matcher(name).matches()) {
            fault(key, "'" + name + "' is not a valid name",
                    "Use 1 to 64 letters, digits, dots, dashes or underscores");
        }
        URI url = address(key, properties);
        String secret = properties.secret() == null ? "" : properties.secret();
        if (secret.length() < SHORTEST_SECRET) {
            fault(key + ".secret", "the secret has " + secret.length() + " characters, which is too short",
                    "Set a random text of " + SHORTEST_SECRET + " characters or more, preferably from a secret file");
        }
        String bundle = properties.sslBundle() == null || properties.sslBundle().isBlank()
                ? null
                : properties.sslBundle();
        if (bundle != null && !sslBundles.contains(bundle)) {
            fault(key + ".ssl-bundle", "there is no SSL bundle named " + bundle,
                    "Define it under spring.ssl.bundle, or remove the key to use the Java platform's trust store");
        }
        Set<WebhookEventType> events = events(key, properties.events());
        return url == null || faults.size() > before
                ? Optional.empty()
                : Optional.of(new Webhook(name, url, secret, bundle, events));
    }

    private Set<WebhookEventType> events(String key, @Nullable List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return EnumSet.allOf(WebhookEventType.class);
        }
        Set<WebhookEventType> events = EnumSet.noneOf(WebhookEventType.class);
        for (String text : texts) {
            WebhookEventType.parse(text)
                    .ifPresentOrElse(events::add,
                            () -> fault(key + ".events", "'" + text + "' is not an event", "Use any of " + KINDS));
        }
        return events;
    }

    /** Messages do not repeat the address, since it may contain a secret of the receiver. */
    private @Nullable URI address(String key, WebhookProperties properties) {
        String remedy = "Set the receiver's address, such as https://chat.example/hooks/1";
        if (properties.url() == null || properties.url().isBlank()) {
            fault(key + ".url", "is missing", remedy);
            return null;
        }
        URI url;
        try {
            url = URI.create(properties.url().strip());
        } catch (IllegalArgumentException _) {
            fault(key + ".url", "is not an address", remedy);
            return null;
        }
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if ((!http && !"https".equalsIgnoreCase(url.getScheme())) || url.getHost() == null
                || url.getUserInfo() != null) {
            fault(key + ".url", "is not an https address without user and password", remedy);
        } else if (http && !properties.allowUnencrypted()) {
            fault(key + ".url", "http would send events unencrypted",
                    "Use https, or set " + key + ".allow-unencrypted: true");
        }
        return url;
    }

    private void fault(String key, String reason, String remedy) {
        faults.add(new ConfigurationFault(key, reason, remedy));
    }
}
