package io.acmpintune.connector.tenant;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the configured connectors. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntuneProperties.class)
class TenantConfiguration {

    @Bean
    Connectors connectors(IntuneProperties properties, SslBundles bundles) {
        return Connectors.read(properties, bundles.getBundleNames());
    }

    @Bean
    UnsavedConnectorReader unsavedConnectorReader(SslBundles bundles) {
        return new UnsavedConnectorReader(bundles.getBundleNames());
    }
}
