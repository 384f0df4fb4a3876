package io.acmpintune.engine.console.signin;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionService;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.SpringSessionDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.access.RouteAccess;
import io.acmpintune.runtime.database.SmallPool;

/** Configures the sign-in and the security of all pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
class SignInConfiguration {

    private static final int SESSION_CONNECTIONS = 5;
    private static final Duration LONGEST_SESSION_WAIT = Duration.ofSeconds(1);

    @Bean
    SignInWays signInWays(ConsoleProperties properties) {
        return new SignInWays(LocalUsers.read(properties.users()), OidcSettings.read(properties.oidc()));
    }

    @Bean
    LocalSignIn localSignIn(SignInWays ways, SignInAttempts attempts, SignInAudit audit, Revocations revocations,
            LocalSignIn.Pause pause) {
        return new LocalSignIn(ways.users(), attempts, audit, revocations, pause);
    }

    /** Requests have virtual threads, which may wait. */
    @Bean
    LocalSignIn.Pause signInPause() {
        return time -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Configures public assets, which need no session. */
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
            RouteAccess access, Revocations revocations, InstantSource clock) throws Exception {
        // the parent would ask the provider again, and count a second failure
        http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
        ways.oidc()
                .ifPresent(provider -> configure(http, new OidcSignIn(provider, revocations), outcome));
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
                .requestCache(cache -> cache.requestCache(ConsoleCookies.requestedPage()))
                .csrf(csrf -> csrf.csrfTokenRepository(ConsoleCookies.csrfToken()))
                .exceptionHandling(refused -> refused.accessDeniedHandler(ConsoleRequests::refuse)
                        .authenticationEntryPoint(ConsoleRequests::requireSignIn))
                .headers(PageHeaders::ofPages)
                // before the first filter that reads a form's token
                .addFilterBefore(new SessionLimits(signIn, revocations, clock), CsrfFilter.class)
                .addFilterBefore(new OwnForms(), CsrfFilter.class)
                .build();
    }

    /** Lax, since browsers do not send a strict cookie when the provider redirects back. */
    @Bean
    DefaultCookieSerializerCustomizer sessionCookie(SignInWays ways) {
        return cookie -> cookie.setSameSite(ways.oidc().isPresent() ? "Lax" : "Strict");
    }

    /** Lets two concurrent requests of a session both store an attribute first. */
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsOfManyRequests() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /** Sessions have connections of their own, so that whoever is signed in can press the emergency stop while all others are taken. */
    @Bean(defaultCandidate = false)
    @SpringSessionDataSource
    HikariDataSource sessionPool(DataSource common) throws SQLException {
        return SmallPool.beside(common, "sessions", SESSION_CONNECTIONS, LONGEST_SESSION_WAIT);
    }

    /** Spring Session finds it by its qualifier; on the common pool it would need a connection there as well. */
    @Bean(defaultCandidate = false)
    @Qualifier("springSessionTransactionOperations")
    TransactionTemplate sessionTransactions(@SpringSessionDataSource DataSource sessions) {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(sessions));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return transactions;
    }

    /** Spring Session finds it by its name. */
    @Bean
    ConversionService springSessionConversionService() {
        return new SessionJson().conversions();
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
     * The configured ways to sign in.
     *
     * @param users may be empty
     */
    record SignInWays(LocalUsers users, Optional<OidcSettings> oidc) {}
}
