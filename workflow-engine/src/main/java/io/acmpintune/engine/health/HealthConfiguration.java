package io.acmpintune.engine.health;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.engine.acmp.AcmpGateway;

/** What is told of the engine's peers. */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

    /** Named as the health component. */
    @Bean
    HealthIndicator sicsHealthIndicator(AcmpGateway gateway) {
        return new SicsHealth(gateway);
    }
}
