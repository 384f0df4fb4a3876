package io.acmpintune.engine.console.signin;

import java.time.InstantSource;
import java.util.Optional;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

import io.acmpintune.runtime.access.RouteAccess;

/** How the console is entered, and what holds for each of its pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class SignInConfiguration {

    @Bean
    SignInWays signInWays(ConsoleProperties properties) {
        return new SignInWays(LocalUsers.read(properties.users()), OidcSettings.read(properties.oidc()));
    }

    @Bean
    LocalSignIn localSignIn(SignInWays ways, SignInAttempts attempts, SignInAudit audit) {
        return new LocalSignIn(ways.users(), attempts, audit);
    }

    /** What everybody may load, and what therefore needs no session. */
    @Bean
    @Order(1)
    SecurityFilterChain consoleAssets(HttpSecurity http) throws Exception {
        return http.securityMatcher(ConsoleRequests.ASSETS)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .headers(PageHeaders::ofAssets)
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .securityContext(context -> context.disable())
                .sessionManagement(session -> session.disable())
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> anonymous.disable())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, SignInWays ways, LocalSignIn signIn, SignInOutcome outcome,
            RouteAccess access, InstantSource clock) throws Exception {
        // the bean would be asked there a second time, and count a second failure
        http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
        ways.oidc()
                .ifPresent(provider -> configure(http, new OidcSignIn(provider), outcome));
        return http.securityMatcher(ConsoleRequests.PAGES)
                .authorizeHttpRequests(requests -> requests.requestMatchers(ConsoleRequests.OPEN)
                        .permitAll()
                        .anyRequest()
                        .access(access))
                .authenticationProvider(signIn)
                .formLogin(form -> form.loginPage(ConsoleRequests.SIGN_IN)
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .successHandler(outcome)
                        .failureHandler(outcome))
                .logout(logout -> logout.logoutUrl(ConsoleRequests.SIGN_OUT)
                        .addLogoutHandler(outcome)
                        .logoutSuccessUrl(ConsoleRequests.SIGN_IN + "?signed-out"))
                .requestCache(cache -> cache.requestCache(ConsoleCookies.wantedPage()))
                .csrf(csrf -> csrf.csrfTokenRepository(ConsoleCookies.csrfToken()))
                .exceptionHandling(refused -> refused.accessDeniedHandler(ConsoleRequests::refuse)
                        .authenticationEntryPoint(ConsoleRequests::ask))
                .headers(PageHeaders::ofPages)
                // before the first filter that looks for a form's token
                .addFilterBefore(new SessionLimits(signIn, clock), CsrfFilter.class)
                .addFilterBefore(new OwnForms(), CsrfFilter.class)
                .build();
    }

    /** A provider redirects back from another site, which a strict cookie would not survive. */
    @Bean
    DefaultCookieSerializerCustomizer sessionCookie(SignInWays ways) {
        return cookie -> cookie.setSameSite(ways.oidc().isPresent() ? "Lax" : "Strict");
    }

    /** Two requests of a session at a time may both be the first to keep something in it, which must not fail one of them. */
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsOfManyRequests() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    private static void configure(HttpSecurity http, OidcSignIn oidc, SignInOutcome outcome) {
        try {
            http.oauth2Login(login -> {
                login.loginPage(ConsoleRequests.SIGN_IN).successHandler(outcome).failureHandler(outcome);
                oidc.configure(login);
            });
        } catch (Exception e) {
            throw new IllegalStateException("The sign-in with the provider cannot be set up", e);
        }
    }

    /**
     * The ways to sign in that are configured.
     *
     * @param users may be none
     */
    record SignInWays(LocalUsers users, Optional<OidcSettings> oidc) {}
}
