package io.acmpintune.runtime.startup;

import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports an unknown key without its value, which Spring Boot would print: the key may be a mistyped one of a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownKeyAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        String keys = cause.getUnboundProperties()
                .stream()
                .map(UnknownKeyAnalyzer::key)
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis("The configuration cannot be used:\n" + keys,
                "Correct the spelling of the key, or remove it, and start again.", cause);
    }

    private static String key(ConfigurationProperty property) {
        return "  " + property.getName() + ": there is no such key"
                + (property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")");
    }
}
