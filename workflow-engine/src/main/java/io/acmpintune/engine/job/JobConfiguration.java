package io.acmpintune.engine.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.acmpintune.runtime.secret.UnlockCodeCipher;

/** The key that encrypts the unlock codes of jobs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobConfiguration.SecretsProperties.class)
class JobConfiguration {

    /**
     * {@code engine.secrets.*}.
     *
     * @param key 32 random bytes in Base64; null = query actions with an unlock code are refused
     */
    @ConfigurationProperties(prefix = "engine.secrets", ignoreUnknownFields = false)
    record SecretsProperties(@Nullable String key) {
        @Override
        public String toString() {
            return "SecretsProperties[…]";
        }
    }

    @Bean
    UnlockCodeCipher unlockCodes(SecretsProperties properties) {
        return UnlockCodeCipher.of("engine.secrets.key", properties.key());
    }
}
