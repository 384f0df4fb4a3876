package io.acmpintune.connector.health;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.runtime.health.DatabaseProbe;

/** The health component {@code db}: what the last probe found, which is answered at once. */
@Configuration(proxyBeanMethods = false)
class DatabaseHealth {

    @Bean
    DatabaseProbe databaseProbe(JdbcConnectionDetails database) {
        return new DatabaseProbe(database.getJdbcUrl(), database.getUsername(), database.getPassword());
    }

    /** The bean name determines the name of the health component. */
    @Bean
    HealthIndicator dbHealthIndicator(DatabaseProbe probe) {
        return () -> {
            String failure = probe.failure();
            return failure == null ? Health.up().build() : Health.down().withDetail("reason", failure).build();
        };
    }
}
