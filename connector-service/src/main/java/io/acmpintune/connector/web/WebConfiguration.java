package io.acmpintune.connector.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.acmpintune.runtime.access.AccessConfiguration;
import io.acmpintune.runtime.access.ApiToken;
import io.acmpintune.runtime.access.ApiTokens;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.access.RouteRules;
import io.acmpintune.runtime.problem.ProblemConfiguration;

/** Who may call the API, and how its errors leave it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebConfiguration.ApiProperties.class)
@Import({AccessConfiguration.class, ProblemConfiguration.class})
class WebConfiguration {

    /** {@code connector.api.*}: the bearer tokens that are taken. */
    @ConfigurationProperties(prefix = "connector.api", ignoreUnknownFields = false)
    record ApiProperties(@Nullable List<ApiToken> tokens) {
        @Override
        public String toString() {
            return "ApiProperties[…]";
        }
    }

    /** A token without a name is the engine's and may do everything: who may order what, the engine decides. */
    @Bean
    ApiTokens apiTokens(ApiProperties properties) {
        return ApiTokens.of("connector.api.tokens", properties.tokens(), Role.all());
    }

    @Bean
    RouteRules routeRules() {
        return Routes.RULES;
    }
}
