package io.acmpintune.engine.console.signin;

import java.net.URL;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;

/** Everything that a session may hold, with what is needed of it. Values are texts, numbers, booleans, lists and maps of those. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = StoredAttribute.Moment.class, name = "moment"),
        @JsonSubTypes.Type(value = StoredAttribute.Text.class, name = "text"),
        @JsonSubTypes.Type(value = StoredAttribute.Local.class, name = "local"),
        @JsonSubTypes.Type(value = StoredAttribute.Provider.class, name = "provider"),
        @JsonSubTypes.Type(value = StoredAttribute.SignInBegun.class, name = "sign-in-begun"),
        @JsonSubTypes.Type(value = StoredAttribute.Messages.class, name = "messages")})
sealed interface StoredAttribute {

    /** Returns the attribute itself. */
    Object restored();

    /** @throws IllegalArgumentException for anything that a session must not hold */
    static StoredAttribute of(Object attribute) {
        return switch (attribute) {
            case Instant at -> new Moment(at);
            case String text -> new Text(text);
            case SecurityContext context -> signedIn(context.getAuthentication());
            case OAuth2AuthorizationRequest begun -> SignInBegun.of(begun);
            case Collection<?> maps when maps.stream().allMatch(FlashMap.class::isInstance) ->
                new Messages(maps.stream().map(map -> Message.of((FlashMap) map)).toList());
            default -> throw new IllegalArgumentException("a session holds no " + attribute.getClass().getName());
        };
    }

    private static StoredAttribute signedIn(@Nullable Authentication signedIn) {
        if (signedIn == null) {
            throw new IllegalArgumentException("a session holds no empty security context");
        }
        List<String> authorities = signedIn.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
        return switch (signedIn) {
            case UsernamePasswordAuthenticationToken local when local.getPrincipal() instanceof ConsoleUser user ->
                new Local(user.userName(), user.displayName(), user.stamp(), authorities);
            case OAuth2AuthenticationToken provider when provider.getPrincipal() instanceof OidcPerson person ->
                new Provider(provider.getAuthorizedClientRegistrationId(), plain(person.getClaims()), authorities,
                        person.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList());
            default ->
                throw new IllegalArgumentException("a session holds no " + signedIn.getClass().getName());
        };
    }

    private static SecurityContext context(Authentication signedIn) {
        return new SecurityContextImpl(signedIn);
    }

    private static Map<String, Object> plain(Map<String, ?> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case String _,Number _,Boolean _ -> value;
            case Instant at -> at.getEpochSecond();
            case URL url -> url.toString();
            case Collection<?> list -> list.stream().map(StoredAttribute::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((name, inner) -> plain.put(String.valueOf(name), plain(inner)));
                yield plain;
            }
            default -> String.valueOf(value);
        };
    }

    /** A time. */
    record Moment(Instant at) implements StoredAttribute {
        @Override
        public Object restored() {
            return at;
        }
    }

    /** A text. */
    record Text(String text) implements StoredAttribute {
        @Override
        public Object restored() {
            return text;
        }
    }

    /** A local user who has signed in. */
    record Local(String name, String displayName, String stamp, List<String> authorities) implements StoredAttribute {
        @Override
        public Object restored() {
            return context(UsernamePasswordAuthenticationToken.authenticated(new ConsoleUser(name, displayName, stamp),
                    null, AuthorityUtils.createAuthorityList(authorities)));
        }
    }

    /** A person who has signed in with the OpenID provider; the ID token itself is not kept. */
    record Provider(String registration, Map<String, Object> claims, List<String> authorities, List<String> roles)
            implements
                StoredAttribute {

        private static final String NOT_KEPT = "-";

        @Override
        public Object restored() {
            OidcPerson person = new OidcPerson(AuthorityUtils.createAuthorityList(roles),
                    new OidcIdToken(NOT_KEPT, null, null, claims));
            return context(new OAuth2AuthenticationToken(person, AuthorityUtils.createAuthorityList(authorities),
                    registration));
        }
    }

    /** A sign-in with the OpenID provider that has begun. */
    record SignInBegun(String authorizationUri, String clientId, @Nullable String redirectUri, List<String> scopes,
            @Nullable String state, Map<String, Object> parameters, Map<String, Object> attributes,
            String requestUri) implements StoredAttribute {

        static SignInBegun of(OAuth2AuthorizationRequest request) {
            return new SignInBegun(request.getAuthorizationUri(), request.getClientId(), request.getRedirectUri(),
                    List.copyOf(request.getScopes()), request.getState(), plain(request.getAdditionalParameters()),
                    plain(request.getAttributes()), request.getAuthorizationRequestUri());
        }

        @Override
        public Object restored() {
            return OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri(authorizationUri)
                    .clientId(clientId)
                    .redirectUri(redirectUri)
                    .scopes(new LinkedHashSet<>(scopes))
                    .state(state)
                    .additionalParameters(parameters)
                    .attributes(attributes)
                    .authorizationRequestUri(requestUri)
                    .build();
        }
    }

    /** What the next page is to show. */
    record Messages(List<Message> messages) implements StoredAttribute {
        @Override
        public Object restored() {
            // Spring adds to it
            return new CopyOnWriteArrayList<>(messages.stream().map(Message::restored).toList());
        }
    }

    /**
     * What one page is to show.
     *
     * @param path of the page; null = any
     * @param expires in milliseconds since 1970
     */
    record Message(@Nullable String path, Map<String, List<String>> parameters, long expires,
            Map<String, Object> values) {

        static Message of(FlashMap map) {
            return new Message(map.getTargetRequestPath(), new LinkedHashMap<>(map.getTargetRequestParams()),
                    map.getExpirationTime(), plain(map));
        }

        FlashMap restored() {
            FlashMap map = new FlashMap();
            map.putAll(values);
            map.setTargetRequestPath(path);
            map.addTargetRequestParams(new LinkedMultiValueMap<>(parameters));
            map.setExpirationTime(expires);
            return map;
        }
    }
}
