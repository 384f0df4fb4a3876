package io.acmpintune.engine.console.signin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.access.Role;

/** Configures the sign-in with an OpenID provider. Its metadata is read at the first sign-in, not at startup. */
final class OidcSignIn {

    private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);

    static final String NO_ROLE = "no_role";
    static final String REVOKED = "revoked";
    static final String CALLBACK = "/console/sign-in/callback";
    private static final String BEGIN = "/console/sign-in/with";
    private static final String REGISTRATION = "provider";

    private final OidcSettings settings;
    private final Revocations revocations;

    OidcSignIn(OidcSettings settings, Revocations revocations) {
        this.settings = settings;
        this.revocations = revocations;
    }

    /** Returns the address that starts a sign-in with the provider. */
    static String address() {
        return BEGIN + "/" + REGISTRATION;
    }

    void configure(OAuth2LoginConfigurer<HttpSecurity> login) {
        login.clientRegistrationRepository(new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration())))
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(begin -> begin.baseUri(BEGIN))
                .redirectionEndpoint(end -> end.baseUri(CALLBACK))
                .userInfoEndpoint(info -> info.oidcUserService(this::person))
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F begin) {
                        begin.setAuthenticationFailureHandler(OidcSignIn::cannotBegin);
                        return begin;
                    }
                });
    }

    /** Handles unreadable metadata of the provider; the next attempt reads it again. */
    private static void cannotBegin(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException reason) throws IOException {
        log.warn("The OpenID provider's metadata cannot be read (key=engine.console.oidc.issuer, cause={})",
                String.valueOf(reason.getCause()));
        response.sendRedirect(ConsoleRequests.SIGN_IN + "?provider-failed");
    }

    private ClientRegistration registration() {
        return ClientRegistrations.fromIssuerLocation(settings.issuer())
                .registrationId(REGISTRATION)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope("openid", "profile", "email")
                .redirectUri("{baseUrl}" + CALLBACK)
                .build();
    }

    /** Reads the person from the ID token, without a request for user info. */
    private OidcUser person(OidcUserRequest request) {
        List<String> claimed = Optional.ofNullable(request.getIdToken().getClaimAsStringList(settings.roleClaim()))
                .orElse(List.of());
        Set<Role> roles = settings.rolesOf(claimed);
        if (roles.isEmpty()) {
            throw new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE));
        }
        OidcPerson person = new OidcPerson(
                AuthorityUtils.createAuthorityList(roles.stream().map(Role::authority).toList()), request.getIdToken());
        if (revocations.covers(person.getName())) {
            throw new OAuth2AuthenticationException(new OAuth2Error(REVOKED));
        }
        return person;
    }

    /** Stores no tokens, since nothing is called on behalf of the person. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // the interface's signature
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registration,
                Authentication person, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication person,
                HttpServletRequest request, HttpServletResponse response) {
            // not stored
        }

        @Override
        public void removeAuthorizedClient(String registration, Authentication person, HttpServletRequest request,
                HttpServletResponse response) {
            // nothing is stored
        }
    }
}
