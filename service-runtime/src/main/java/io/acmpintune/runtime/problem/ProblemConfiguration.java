package io.acmpintune.runtime.problem;

import jakarta.servlet.Filter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Has every error of a service's API leave it as a problem. */
@Configuration(proxyBeanMethods = false)
@Import(ProblemAdvice.class)
public class ProblemConfiguration {

    /** Its class says that it is around all other filters. */
    @Bean
    Filter databaseOutages(JsonMapper json) {
        return new DatabaseOutageFilter(json);
    }

    @Bean
    WebMvcConfigurer noForms() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new NoForms()).addPathPatterns("/api/**");
            }
        };
    }
}
