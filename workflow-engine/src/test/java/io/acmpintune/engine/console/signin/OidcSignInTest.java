package io.acmpintune.engine.console.signin;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;

import io.acmpintune.engine.fixture.OpenIdProvider;
import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;

import static org.assertj.core.api.Assertions.assertThat;

/** The real service beside an OpenID provider: who comes in with whose word. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DirtiesContext
class OidcSignInTest {

    private static final OpenIdProvider PROVIDER = OpenIdProvider.start();
    private static final Map<String, Object> HELGA = Map.of("preferred_username", "helga@contoso.example", "name",
            "Helga Helm", "roles", List.of("IntuneHelpdesk", "viewer", "something-else"));

    private final JdbcClient jdbc;
    private final Visitor visitor;

    OidcSignInTest(@Autowired JdbcClient jdbc, @LocalServerPort int port) {
        this.jdbc = jdbc;
        this.visitor = new Visitor(port);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
        registry.add("engine.console.oidc.issuer", PROVIDER::issuer);
        registry.add("engine.console.oidc.client-id", () -> OpenIdProvider.CLIENT_ID);
        registry.add("engine.console.oidc.client-secret", () -> OpenIdProvider.CLIENT_SECRET);
        registry.add("engine.console.oidc.roles.IntuneHelpdesk", () -> "operator");
    }

    @BeforeEach
    void theProviderWorks() {
        PROVIDER.works();
    }

    /** Before anybody else: once known, the provider's addresses are not asked for again. */
    @Test
    @Order(1)
    void aProviderThatDoesNotAnswerIsToldAtTheSignIn() {
        PROVIDER.fails();

        assertThat(visitor.get("/console/sign-in/with/provider").leadsTo())
                .isEqualTo("/console/sign-in?provider-failed");
        assertThat(visitor.get("/console/sign-in?provider-failed").body()).contains("name=\"password\"");
    }

    @AfterAll
    static void stop() {
        PROVIDER.close();
    }

    @Test
    void whomTheProviderKnowsComesInWithTheRolesThatItTells() {
        visitor.get("/console/clients?q=abc");
        assertThat(visitor.get("/console/sign-in").body()).contains("/console/sign-in/with/provider")
                .contains("Microsoft Entra ID");
        Map<String, String> asked = begin();
        assertThat(asked).containsEntry("client_id", OpenIdProvider.CLIENT_ID)
                .containsEntry("response_type", "code")
                .containsKeys("state", "nonce");
        assertThat(asked.get("redirect_uri")).endsWith("/console/sign-in/callback");
        PROVIDER.answers(asked.getOrDefault("nonce", ""), HELGA);

        Visitor.Answer back = end("a-code", asked.getOrDefault("state", ""));

        assertThat(back.leadsTo()).startsWith("/console/clients?q=abc");
        assertThat(visitor.get("/console").body()).contains("Helga Helm").contains("user:helga@contoso.example");
        assertThat(PROVIDER.exchanges()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from audit_entry where event = 'SIGNED_IN' and actor = :helga")
                .param("helga", "user:helga@contoso.example")
                .query(Integer.class)
                .single()).isEqualTo(1);
    }

    @Test
    void whoHasNoRoleIsToldSoAndStaysOutside() {
        Map<String, String> asked = begin();
        PROVIDER.answers(asked.getOrDefault("nonce", ""), Map.of("preferred_username", "nobody@contoso.example"));

        assertThat(end("a-code", asked.getOrDefault("state", "")).leadsTo()).isEqualTo("/console/sign-in?no-role");
        assertOutside();
    }

    @Test
    void aTokenThatSomebodyElseSignedOpensNothing() {
        Map<String, String> asked = begin();
        PROVIDER.answersForged(asked.getOrDefault("nonce", ""), HELGA);

        assertThat(end("a-code", asked.getOrDefault("state", "")).leadsTo())
                .isEqualTo("/console/sign-in?provider-failed");
        assertOutside();
    }

    @Test
    void aTokenOfAnotherSignInOpensNothing() {
        Map<String, String> asked = begin();
        PROVIDER.answers("the-nonce-of-somebody-else", HELGA);

        assertThat(end("a-code", asked.getOrDefault("state", "")).leadsTo())
                .isEqualTo("/console/sign-in?provider-failed");
        assertOutside();
    }

    @Test
    void anAnswerThatNobodyAskedForOpensNothing() {
        PROVIDER.answers("any", HELGA);

        assertThat(end("a-code", "a-state").leadsTo()).isEqualTo("/console/sign-in?provider-failed");
        assertThat(PROVIDER.exchanges()).isZero();
        assertOutside();
    }

    @Test
    void whoCancelsAtTheProviderIsBackAtTheSignIn() {
        Map<String, String> asked = begin();

        assertThat(visitor.get("/console/sign-in/callback?error=access_denied&state=" + asked.get("state")).leadsTo())
                .isEqualTo("/console/sign-in?provider-failed");
        assertThat(visitor.get("/console/sign-in?provider-failed").body()).contains("name=\"password\"");
    }

    /** What the provider is asked, by name. */
    private Map<String, String> begin() {
        Visitor.Answer begun = visitor.get("/console/sign-in/with/provider");
        assertThat(begun.status()).isEqualTo(302);
        assertThat(begun.header("Location")).startsWith(PROVIDER.issuer() + "/authorize?");
        return UriComponentsBuilder.fromUri(URI.create(begun.header("Location")))
                .build()
                .getQueryParams()
                .toSingleValueMap();
    }

    private Visitor.Answer end(String code, String state) {
        return visitor.get("/console/sign-in/callback?code=" + code + "&state=" + state);
    }

    private void assertOutside() {
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
    }
}
