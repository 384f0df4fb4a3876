package io.acmpintune.engine.console.signin;

import java.net.URI;
import java.time.InstantSource;
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
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;

import io.acmpintune.engine.fixture.OpenIdProvider;
import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;

/** The real service beside an OpenID provider: who comes in with whose word. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DirtiesContext
class OidcSignInTest {

    private static final OpenIdProvider PROVIDER = OpenIdProvider.start();
    private static final String HELGA_KEY = "entra:tenant/0f2e8a8c";
    private static final Map<String, Object> HELGA = Map.of("tid", "tenant", "oid", "0f2e8a8c", "preferred_username",
            "helga@contoso.example", "name", "Helga Helm", "roles",
            List.of("IntuneHelpdesk", "viewer", "something-else"));

    private static final TestClock CLOCK = TestClock.running();

    private final JdbcClient jdbc;
    private final Visitor visitor;

    /** Roles can be looked at minutes later. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Clocks {
        @Bean
        @Primary
        InstantSource testClock() {
            return CLOCK;
        }
    }

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
        assertThat(visitor.get("/console").body()).contains("Helga Helm").contains(HELGA_KEY);
        assertThat(PROVIDER.exchanges()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from audit_entry where event = 'SIGNED_IN' and actor = :helga")
                .param("helga", HELGA_KEY)
                .query(Integer.class)
                .single()).isEqualTo(1);
    }

    @Test
    void aPersonWhoTakesAnotherNameStaysTheSameAndOneWhoTakesTheNameIsAnother() {
        signIn(Map.of("tid", "tenant", "oid", "1", "preferred_username", "rita@contoso.example", "name", "Rita",
                "roles",
                List.of("viewer")));
        assertThat(visitor.get("/console").body()).contains("entra:tenant/1");

        signIn(Map.of("tid", "tenant", "oid", "1", "preferred_username", "rita.new@contoso.example", "name", "Rita N",
                "roles", List.of("viewer")));
        assertThat(visitor.get("/console").body()).contains("entra:tenant/1").contains("Rita N");

        signIn(Map.of("tid", "tenant", "oid", "2", "preferred_username", "rita@contoso.example", "name", "Rita",
                "roles",
                List.of("viewer")));
        assertThat(visitor.get("/console").body()).contains("entra:tenant/2").doesNotContain("entra:tenant/1");
    }

    @Test
    void withAnotherProviderAPersonIsIssuerAndSubject() {
        // a tenant that the issuer does not name is a claim like any other
        signIn(Map.of("tid", "elsewhere", "oid", "1", "preferred_username", "olga", "email", "anna@contoso.example",
                "roles", List.of("viewer")));

        assertThat(visitor.get("/console").body()).contains("oidc:" + PROVIDER.issuer() + "#subject-of-olga");
    }

    @Test
    void aRoleThatIsRemovedAtTheProviderIsGoneWithinMinutes() {
        Map<String, Object> otto = Map.of("tid", "tenant", "oid", "7", "preferred_username", "otto", "name", "Otto",
                "roles", List.of("viewer", "administrator"));
        signIn(otto);
        assertThat(visitor.get("/console/set-up").status()).isEqualTo(200);

        CLOCK.advance(RoleRenewal.RENEWED_AFTER.plusSeconds(1));
        assertThat(visitor.get("/console/set-up").leadsTo()).isEqualTo("/console/sign-in/with/provider");
        signIn(Map.of("tid", "tenant", "oid", "7", "preferred_username", "otto", "name", "Otto", "roles",
                List.of("viewer")));

        assertThat(visitor.get("/console/set-up").status()).isEqualTo(403);
        assertThat(visitor.get("/console").status()).isEqualTo(200);
    }

    @Test
    void whileTheProviderConfirmsTheRolesNothingIsRecordedAndTheReaderStaysOnThePage() {
        Map<String, Object> nora = Map.of("tid", "tenant", "oid", "8", "preferred_username", "nora", "name", "Nora",
                "roles", List.of("viewer"));
        signIn(nora);
        CLOCK.advance(RoleRenewal.RENEWED_AFTER.plusSeconds(1));
        visitor.get("/console/clients?q=abc");

        Map<String, String> asked = begin();
        PROVIDER.answers(asked.getOrDefault("nonce", ""), nora);

        assertThat(end("a-code", asked.getOrDefault("state", "")).leadsTo()).startsWith("/console/clients?q=abc");
        assertThat(visitor.get("/console").status()).isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from audit_entry where event = 'SIGNED_IN' and actor = 'entra:tenant/8'")
                .query(Integer.class)
                .single()).isEqualTo(1);
    }

    @Test
    void whoHasLostEveryRoleIsOut() {
        signIn(Map.of("tid", "tenant", "oid", "9", "preferred_username", "rolf", "roles", List.of("viewer")));
        CLOCK.advance(RoleRenewal.RENEWED_AFTER.plusSeconds(1));
        Map<String, String> asked = begin();
        PROVIDER.answers(asked.getOrDefault("nonce", ""),
                Map.of("tid", "tenant", "oid", "9", "preferred_username", "rolf"));

        assertThat(end("a-code", asked.getOrDefault("state", "")).leadsTo()).isEqualTo("/console/sign-in?no-role");

        assertOutside();
    }

    @Test
    void formsAndPartsOfPagesDoNotOutliveTheRolesEither() {
        signIn(Map.of("tid", "tenant", "oid", "10", "preferred_username", "gerd", "roles", List.of("operator")));
        visitor.get("/console");
        CLOCK.advance(RoleRenewal.VALID_FOR.plusSeconds(1));

        assertThat(visitor.getPart("/console/clients").status()).isEqualTo(401);
        assertThat(visitor.getPart("/console/clients").header("HX-Refresh")).isEqualTo("true");
        assertThat(
                visitor.post("/console/sign-in?failed", "/console/emergency-stop", Map.of("workflow", "*")).leadsTo())
                .isEqualTo("/console/sign-in/with/provider");
        assertThat(jdbc.sql("select count(*) from emergency_stop").query(Integer.class).single()).isZero();
    }

    @Test
    void anEndlessVisitToTheProviderIsBroken() {
        signIn(Map.of("tid", "tenant", "oid", "11", "preferred_username", "lena", "roles", List.of("viewer")));
        CLOCK.advance(RoleRenewal.RENEWED_AFTER.plusSeconds(1));
        Map<String, String> asked = begin();

        assertThat(visitor.get("/console/sign-in/callback?error=access_denied&state=" + asked.get("state")).leadsTo())
                .isEqualTo("/console/sign-in?provider-failed");
        assertThat(visitor.get("/console/sign-in?provider-failed").status()).isEqualTo(200);
    }

    private void signIn(Map<String, Object> claims) {
        Map<String, String> asked = begin();
        PROVIDER.answers(asked.getOrDefault("nonce", ""), claims);
        assertThat(end("a-code", asked.getOrDefault("state", "")).status()).isEqualTo(302);
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
