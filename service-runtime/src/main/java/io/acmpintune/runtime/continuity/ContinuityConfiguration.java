package io.acmpintune.runtime.continuity;

import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Provides the database's clock and heartbeat to a service that imports it. */
@Configuration(proxyBeanMethods = false)
public class ContinuityConfiguration {

    @Bean
    InstantSource clock(JdbcClient jdbc) {
        return new DatabaseClock(jdbc);
    }

    @Bean
    Heartbeat heartbeat(JdbcClient jdbc) {
        return new Heartbeat(jdbc);
    }
}
