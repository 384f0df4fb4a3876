package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requires a bearer token and a role listed by a {@link RouteRule} for every address except health, info and metrics,
 * which a container platform reads without a token. A service that imports this defines {@link ApiTokens} and at least
 * one {@link RouteRules}.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

    private static final RequestMatcher OPEN = new OrRequestMatcher(
            List.of("/actuator/health", "/actuator/health/*", "/actuator/info", "/actuator/prometheus")
                    .stream()
                    .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                    .toList());

    /** Returns whether the address needs no token. */
    static boolean isOpen(HttpServletRequest request) {
        return OPEN.matches(request);
    }

    @Bean
    RevocationRepository revocationRepository(JdbcClient jdbc) {
        return new RevocationRepository(jdbc);
    }

    @Bean
    Revocations revocations(RevocationRepository repository) {
        return Revocations.of(repository);
    }

    @Bean
    RouteAccess routeAccess(List<RouteRules> tables) {
        return new RouteAccess(tables);
    }

    /** Applies to every request that no earlier chain matches. */
    @Bean
    SecurityFilterChain apiAccess(HttpSecurity http, ApiTokens tokens, Revocations revocations, RouteAccess access,
            JsonMapper json) throws Exception {
        Refusals refusals = new Refusals(access, json);
        return http
                .authorizeHttpRequests(requests -> requests.requestMatchers(OPEN)
                        .permitAll()
                        .anyRequest()
                        .access(access))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // requests are not authenticated by cookies, so they cannot be forged
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .oauth2ResourceServer(server -> server
                        .opaqueToken(opaque -> opaque.introspector(introspector(tokens, revocations)))
                        .authenticationEntryPoint((request, response, _) -> refusals.unauthorized(request, response))
                        .accessDeniedHandler((request, response, _) -> refusals.forbidden(request, response)))
                .build();
    }

    /** A bean of this type also applies to the actuator's handlers. */
    @Bean
    MappedInterceptor ruleRequired(RouteAccess access) {
        return new MappedInterceptor(null, new UnlistedRouteInterceptor(access));
    }

    @Bean
    WebMvcConfigurer identities() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new IdentityArgumentResolver());
            }
        };
    }

    private static OpaqueTokenIntrospector introspector(ApiTokens tokens, Revocations revocations) {
        return token -> {
            Identity identity = tokens.find(token)
                    .filter(known -> !revocations.covers(known.key()))
                    .orElseThrow(() -> new BadOpaqueTokenException("unknown or revoked token"));
            return new DefaultOAuth2AuthenticatedPrincipal(identity.key(), Map.of("sub", identity.key()),
                    AuthorityUtils.createAuthorityList(
                            identity.roles().stream().map(Role::authority).toArray(String[]::new)));
        };
    }
}
