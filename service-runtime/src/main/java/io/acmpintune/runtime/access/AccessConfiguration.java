package io.acmpintune.runtime.access;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;

/**
 * Every address needs a bearer token, but for health, info and metrics, which a container platform asks without one. A
 * service that imports this publishes its {@link ApiTokens}.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

    @Bean
    SecurityFilterChain apiAccess(HttpSecurity http, ApiTokens tokens, JsonMapper json) throws Exception {
        return http
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/actuator/health", "/actuator/health/*", "/actuator/info",
                                "/actuator/prometheus")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no cookie ever authenticates here, so there is no request to forge
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .oauth2ResourceServer(server -> server
                        .opaqueToken(opaque -> opaque.introspector(introspector(tokens)))
                        .authenticationEntryPoint((request, response, _) -> unauthorized(request, response, json)))
                .build();
    }

    private static OpaqueTokenIntrospector introspector(ApiTokens tokens) {
        return token -> {
            if (!tokens.contain(token)) {
                throw new BadOpaqueTokenException("unknown token");
            }
            return new DefaultOAuth2AuthenticatedPrincipal("api", Map.of("sub", "api"),
                    List.copyOf(AuthorityUtils.NO_AUTHORITIES));
        };
    }

    private static void unauthorized(HttpServletRequest request, HttpServletResponse response, JsonMapper json)
            throws IOException {
        boolean given = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        Problem problem = Problem.of("unauthorized", "Not authorized", HttpServletResponse.SC_UNAUTHORIZED,
                given ? "The bearer token is not one of this service's." : "The request carries no bearer token.",
                "Send 'Authorization: Bearer <token>' with one of the tokens of the service's configuration.");
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
