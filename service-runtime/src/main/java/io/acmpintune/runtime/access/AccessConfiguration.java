package io.acmpintune.runtime.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
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
 * Every address needs a bearer token and a role that a {@link RouteRule} names, but for health, info and metrics, which a
 * container platform asks without one. A service that imports this publishes its {@link ApiTokens} and its {@link RouteRules}.
 */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

    private static final RequestMatcher OPEN = new OrRequestMatcher(
            List.of("/actuator/health", "/actuator/health/*", "/actuator/info", "/actuator/prometheus")
                    .stream()
                    .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                    .toList());

    /** Whether anybody may ask. */
    static boolean isOpen(HttpServletRequest request) {
        return OPEN.matches(request);
    }

    @Bean
    SecurityFilterChain apiAccess(HttpSecurity http, ApiTokens tokens, RouteRules rules, JsonMapper json)
            throws Exception {
        Refusals refusals = new Refusals(rules, json);
        return http
                .authorizeHttpRequests(requests -> requests.requestMatchers(OPEN)
                        .permitAll()
                        .anyRequest()
                        .access((caller, context) -> decide(rules.find(context.getRequest()), caller.get())))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no cookie ever authenticates here, so there is no request to forge
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .oauth2ResourceServer(server -> server
                        .opaqueToken(opaque -> opaque.introspector(introspector(tokens)))
                        .authenticationEntryPoint((request, response, _) -> refusals.unauthorized(request, response))
                        .accessDeniedHandler((request, response, _) -> refusals.forbidden(request, response)))
                .build();
    }

    /** A bean of this type also guards the handlers of the actuator. */
    @Bean
    MappedInterceptor ruleRequired(RouteRules rules) {
        return new MappedInterceptor(null, new RuleRequired(rules));
    }

    @Bean
    WebMvcConfigurer identities() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new IdentityParameter());
            }
        };
    }

    /** Without a rule, whoever is known learns from {@link RuleRequired} whether there is anything at all. */
    private static AuthorizationDecision decide(Optional<RouteRule> rule, @Nullable Authentication caller) {
        if (caller == null || !caller.isAuthenticated() || caller instanceof AnonymousAuthenticationToken) {
            return new AuthorizationDecision(false);
        }
        return new AuthorizationDecision(rule.isEmpty() || Identity.of(caller).hasAnyOf(rule.get().roles()));
    }

    private static OpaqueTokenIntrospector introspector(ApiTokens tokens) {
        return token -> {
            Identity identity = tokens.find(token).orElseThrow(() -> new BadOpaqueTokenException("unknown token"));
            return new DefaultOAuth2AuthenticatedPrincipal(identity.name(), Map.of("sub", identity.name()),
                    AuthorityUtils.createAuthorityList(
                            identity.roles().stream().map(Role::authority).toArray(String[]::new)));
        };
    }
}
