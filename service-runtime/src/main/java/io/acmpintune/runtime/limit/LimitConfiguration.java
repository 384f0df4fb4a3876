package io.acmpintune.runtime.limit;

import jakarta.servlet.Filter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.handler.MappedInterceptor;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.runtime.access.RouteAccess;

/** Applies the limits to every request of a service that imports this and defines {@link RequestLimits}. */
@Configuration(proxyBeanMethods = false)
public class LimitConfiguration {

    /** More than twice what an order of 10,000 clients has. */
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(1);

    @Bean
    MappedInterceptor requestLimits(RouteAccess access, RequestLimits limits) {
        return new MappedInterceptor(null, new RequestLimitInterceptor(access, limits));
    }

    /** Its class says that it is before all filters that read a body. */
    @Bean
    Filter bodyLimit(JsonMapper json) {
        return new BodyLimitFilter(LARGEST_BODY, json);
    }
}
