package io.acmpintune.engine.console.signin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.web.servlet.FlashMap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionJsonTest {

    private static final AtomicBoolean EXECUTED = new AtomicBoolean();

    private final SessionJson json = new SessionJson();
    private final ConversionService conversions = json.conversions();

    /** What a stolen database could be made to hold. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) {
            EXECUTED.set(true);
        }
    }

    @Test
    void aLocalUserStaysSignedIn() {
        SecurityContext context = new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                new ConsoleUser("olga", "Olga", "stamp"), null, AuthorityUtils.createAuthorityList("ROLE_OPERATOR")));

        assertThat(restored(context)).isEqualTo(context);
    }

    @Test
    void aPersonOfTheProviderStaysSignedInWithoutTheToken() throws Exception {
        Instant now = Instant.parse("2026-12-01T06:00:00Z");
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "s", "iss",
                URI.create("https://login.example/t/v2.0").toURL(), "tid", "t", "oid", "o", "name", "Anna", "iat", now,
                "exp", now.plusSeconds(60), "roles", List.of("a", "b")));
        OidcPerson person = new OidcPerson(AuthorityUtils.createAuthorityList("ROLE_VIEWER"),
                new OidcIdToken("canary-token", now, now.plusSeconds(60), claims));
        SecurityContext context = new SecurityContextImpl(
                new OAuth2AuthenticationToken(person, person.getAuthorities(), "provider"));

        Authentication again = ((SecurityContext) restored(context)).getAuthentication();

        assertThat(again).isInstanceOf(OAuth2AuthenticationToken.class);
        assertThat(again.getName()).isEqualTo(person.getName());
        assertThat(again.getAuthorities()).isEqualTo(new ArrayList<>(person.getAuthorities()));
        assertThat(again.isAuthenticated()).isTrue();
        assertThat(again.getPrincipal()).isInstanceOfSatisfying(OidcPerson.class, same -> {
            assertThat(same.displayName()).isEqualTo("Anna");
            assertThat(same.getIssuer()).isEqualTo(person.getIssuer());
            assertThat(same.getExpiresAt()).isEqualTo(person.getExpiresAt());
        });
        assertThat(new String(json.write(context), UTF_8)).doesNotContain("canary-token");
    }

    @Test
    void aSignInThatHasBegunCanEnd() {
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("https://login.example/authorize")
                .clientId("client")
                .redirectUri("https://engine/callback")
                .scope("openid", "profile")
                .state("state")
                .additionalParameters(Map.of("nonce", "hash"))
                .attributes(Map.of("nonce", "n", "registration_id", "provider"))
                .build();

        assertThat(restored(request)).usingRecursiveComparison().isEqualTo(request);
    }

    @Test
    void messagesForTheNextPageStay() {
        FlashMap map = new FlashMap();
        map.put("done", "stop.stopped");
        map.put("started", true);
        map.setTargetRequestPath("/console/jobs");
        map.addTargetRequestParam("page", "2");
        map.startExpirationPeriod(60);

        assertThat((List<?>) restored(List.of(map))).singleElement().isInstanceOfSatisfying(FlashMap.class, same -> {
            assertThat((Object) same).isEqualTo(map);
            assertThat(same.getExpirationTime()).isEqualTo(map.getExpirationTime());
        });
    }

    @Test
    void timesAndTextsStay() {
        assertThat(restored(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
        assertThat(restored("a text")).isEqualTo("a text");
    }

    @Test
    void nothingElseIsStored() {
        assertThatIllegalArgumentException().isThrownBy(() -> json.write(new Trap()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.write(new SecurityContextImpl(new TestingAuthenticationToken("x", "y"))));
    }

    @Test
    void aSerializedObjectIsNoAttributeAndExecutesNothing() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Trap());
        }

        assertThat(json.read(bytes.toByteArray())).isNull();
        assertThat(EXECUTED).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "\"x\"", "{\"type\":\"java.util.ArrayList\"}",
            "{\"type\":\"moment\",\"at\":[\"java.io.File\",\"/etc/passwd\"]}", "{\"type\":\"local\"}",
            "{\"@class\":\"java.io.File\",\"type\":\"provider\"}",
            "[\"org.springframework.context.support.ClassPathXmlApplicationContext\",\"http://attacker/x.xml\"]"})
    void whatCannotBeReadIsNoAttribute(String stored) {
        assertThat(json.read(stored.getBytes(UTF_8))).isNull();
    }

    private Object restored(Object attribute) {
        Object stored = conversions.convert(attribute, TypeDescriptor.valueOf(Object.class),
                TypeDescriptor.valueOf(byte[].class));
        return Objects.requireNonNull(
                conversions.convert(stored, TypeDescriptor.valueOf(byte[].class),
                        TypeDescriptor.valueOf(Object.class)));
    }
}
