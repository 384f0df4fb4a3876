package io.acmpintune.engine.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.client.RestClient;

import io.acmpintune.engine.acmp.AcmpGateway;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.engine.workflow.AcmpProperties.SicsProperties;
import io.acmpintune.runtime.startup.ConfigurationFault;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** Provides the configured workflows and the clients of their connector-services and ACMP servers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AcmpProperties.class)
class WorkflowConfiguration {

    @Bean
    Workflows workflows(AcmpProperties properties) {
        return Workflows.read(properties);
    }

    @Bean
    ConnectorClients connectorClients(Workflows workflows, RestClient.Builder builder, SslBundles bundles) {
        List<ConfigurationFault> unknown = workflows.all()
                .stream()
                .filter(workflow -> workflow.connectorAccess().sslBundle() != null
                        && !bundles.getBundleNames().contains(workflow.connectorAccess().sslBundle()))
                .map(workflow -> new ConfigurationFault("acmp.workflows." + workflow.name() + ".connector-ssl-bundle",
                        "there is no SSL bundle named " + workflow.connectorAccess().sslBundle(),
                        "Define it under spring.ssl.bundle, or leave the key out to use the Java platform's trust store"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidConfigurationException(unknown);
        }
        return new ConnectorClients(workflows, builder, bundles);
    }

    @Bean(destroyMethod = "close")
    AcmpGateway acmpGateway(AcmpProperties properties, SslBundles bundles, ResourceLoader files, InstantSource clock) {
        SicsProperties sics = properties.sics();
        return new AcmpGateway(SicsSettings.connection(sics), dialect(sics.dialect(), files), trust(sics, bundles),
                clock);
    }

    private static SicsDialect dialect(String location, ResourceLoader files) {
        try (InputStream file = files.getResource(location.contains(":") ? location : "file:" + location)
                .getInputStream()) {
            return SicsDialect.read(location, file);
        } catch (IOException e) {
            throw new InvalidConfigurationException(List.of(new ConfigurationFault("acmp.sics.dialect",
                    location + " cannot be read (" + e.getMessage() + ")",
                    "Name a file that exists, or leave the key out")));
        }
    }

    private static @Nullable SSLContext trust(SicsProperties sics, SslBundles bundles) {
        if (sics.sslBundle() == null || sics.sslBundle().isBlank()) {
            return null;
        }
        try {
            return bundles.getBundle(sics.sslBundle()).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw new InvalidConfigurationException(List.of(new ConfigurationFault("acmp.sics.ssl-bundle",
                    "there is no SSL bundle named " + sics.sslBundle(),
                    "Define it under spring.ssl.bundle, or leave the key out to use the Java platform's trust store")));
        }
    }
}
