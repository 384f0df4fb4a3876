package io.acmpintune.simulator;

import java.io.IOException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntraTest {

    private final TestClock clock = new TestClock();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(6).withClock(clock));
    private final TokenRequests tokenRequests = new TokenRequests(simulator);
    private final Web web = Web.plain();

    EntraTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aClientSecretGetsATokenWithTheApplicationsRoles() throws ParseException {
        long before = simulator.entra().tokensIssued();
        Web.Reply reply = tokenRequests.ask(tokenRequests.withSecret());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("token_type").stringValue()).isEqualTo("Bearer");
        assertThat(reply.json().get("expires_in").intValue()).isEqualTo(3599);
        JWTClaimsSet token = SignedJWT.parse(reply.json().get("access_token").stringValue()).getJWTClaimsSet();
        assertThat(token.getAudience()).containsExactly("https://graph.microsoft.com");
        assertThat(token.getStringListClaim("roles")).containsExactlyInAnyOrderElementsOf(SimulatorOptions.ALL_ROLES);
        assertThat(token.getStringClaim("appidacr")).isEqualTo("1");
        assertThat(token.getExpirationTime()).isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(1))));
        assertThat(simulator.entra().tokensIssued()).isEqualTo(before + 1);
    }

    @Test
    void anAssertionOfMsalForJavaIsAccepted() throws ParseException {
        Web.Reply reply = tokenRequests.ask(tokenRequests.withAssertion(tokenRequests.assertion(goodClaims())));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(SignedJWT.parse(reply.json().get("access_token").stringValue())
                .getJWTClaimsSet()
                .getStringClaim("appidacr")).isEqualTo("2");
    }

    @Test
    void aPs256AssertionWithAUrlSafeThumbprintIsAccepted() {
        assertAccepted(TokenRequests.sign(JWSAlgorithm.PS256, "x5t#S256", urlSafe("SHA-256"), goodClaims(),
                tokenRequests.key()));
    }

    @Test
    void theOlderSha1ThumbprintIsAccepted() {
        assertAccepted(
                TokenRequests.sign(JWSAlgorithm.RS256, "x5t", urlSafe("SHA-1"), goodClaims(), tokenRequests.key()));
    }

    @Test
    void aWrongSecretIsRefused() {
        assertRefused(changed("client_secret", UUID.randomUUID().toString()), 401, "invalid_client", 7000215);
    }

    @Test
    void anExpiredSecretIsRefused() throws IOException {
        try (Simulator late = Simulator.start(
                SimulatorOptions.defaults().withDevices(0).withSecretLifetime(Duration.ofSeconds(-1)))) {
            var other = new TokenRequests(late);
            assertRefused(other.ask(other.withSecret()), 401, "invalid_client", 7000222);
        }
    }

    @Test
    void anAssertionSignedWithAnotherKeyIsRefused() throws NoSuchAlgorithmException {
        PrivateKey other = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        Web.Reply reply = tokenRequests.ask(tokenRequests.withAssertion(
                TokenRequests.sign(JWSAlgorithm.RS256, "x5t#S256", urlSafe("SHA-256"), goodClaims(), other)));

        assertRefused(reply, 401, "invalid_client", 700027);
        assertThat(reply.json().get("error_description").stringValue()).contains("failed signature validation");
    }

    @Test
    void aCertificateThatIsNotRegisteredIsRefusedWithItsThumbprint() {
        Web.Reply reply = tokenRequests
                .ask(tokenRequests.withAssertion(TokenRequests.sign(JWSAlgorithm.RS256, "x5t#S256",
                        Base64.getUrlEncoder().encodeToString(new byte[]{1, 2, (byte) 0xAB}), goodClaims(),
                        tokenRequests.key())));

        assertRefused(reply, 401, "invalid_client", 700027);
        assertThat(reply.json().get("error_description").stringValue()).contains("The key was not found", "'0102AB'");
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        var time = new TestClock();
        try (Simulator late = Simulator.start(SimulatorOptions.defaults().withDevices(0).withClock(time))) {
            time.advance(Duration.ofDays(366));
            var other = new TokenRequests(late);
            Web.Reply reply = other.ask(other.withAssertion(other.assertion(other.claims(time.instant()).build())));
            assertRefused(reply, 401, "invalid_client", 700027);
            assertThat(reply.json().get("error_description").stringValue()).contains("The key used is expired");
        }
    }

    @Test
    void anAssertionForAnotherAudienceIsRefused() {
        assertRefused(tokenRequests.claims(clock.instant()).audience("https://login.microsoftonline.com/x").build(),
                700023);
    }

    @Test
    void theAudienceMayDifferInCaseOnly() {
        assertAccepted(tokenRequests.assertion(
                tokenRequests.claims(clock.instant())
                        .audience(tokenRequests.endpoint().replace("localhost", "LOCALHOST"))
                        .build()));
    }

    @Test
    void anAssertionOfAnotherApplicationIsRefused() {
        assertRefused(tokenRequests.claims(clock.instant()).issuer(UUID.randomUUID().toString()).build(), 700021);
        assertRefused(tokenRequests.claims(clock.instant()).subject(UUID.randomUUID().toString()).build(), 700021);
    }

    @Test
    void anAssertionIsRefusedBeforeAndAfterItsLifetime() {
        Instant now = clock.instant();
        assertRefused(tokenRequests.claims(now).expirationTime(Date.from(now.minusSeconds(301))).build(), 700024);
        assertRefused(tokenRequests.claims(now).notBeforeTime(Date.from(now.plusSeconds(301))).build(), 700024);
        assertAccepted(
                tokenRequests
                        .assertion(tokenRequests.claims(now).expirationTime(Date.from(now.minusSeconds(299))).build()));
    }

    @Test
    void anAssertionIsAcceptedOnce() {
        String assertion = tokenRequests.assertion(goodClaims());
        assertAccepted(assertion);
        assertRefused(tokenRequests.ask(tokenRequests.withAssertion(assertion)), 401, "invalid_client", 50012);
    }

    @Test
    void anAssertionSignedWithTheSecretIsRefused() throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), goodClaims());
        jwt.sign(new MACSigner(simulator.access().clientSecret()));
        assertRefused(tokenRequests.ask(tokenRequests.withAssertion(jwt.serialize())), 401, "invalid_client", 5002730);
    }

    @Test
    void aMalformedJwtIsRefused() {
        assertRefused(tokenRequests.ask(tokenRequests.withAssertion("abc")), 400, "invalid_request", 50027);
        Map<String, String> form = tokenRequests.withAssertion(tokenRequests.assertion(goodClaims()));
        form.put("client_assertion_type", "jwt");
        assertRefused(tokenRequests.ask(form), 400, "invalid_request", 50027);
    }

    @Test
    void anUnknownTenantIsRefused() {
        assertRefused(askTenant(UUID.randomUUID().toString()), 400, "invalid_request", 90002);
        assertRefused(askTenant("contoso.example"), 400, "invalid_request", 90002);
        assertRefused(askTenant("contoso"), 400, "invalid_request", 900023);
    }

    @Test
    void anUnknownApplicationIsRefused() {
        assertRefused(changed("client_id", UUID.randomUUID().toString()), 400, "unauthorized_client", 700016);
    }

    @Test
    void aDisabledApplicationIsRefused() {
        simulator.entra().disableApplication(true);
        assertRefused(tokenRequests.ask(tokenRequests.withSecret()), 400, "unauthorized_client", 7000112);
        simulator.entra().disableApplication(false);
        assertThat(tokenRequests.ask(tokenRequests.withSecret()).status()).isEqualTo(200);
    }

    @Test
    void theScopeMustBeGraphsDefault() {
        assertRefused(changed("scope", "https://graph.microsoft.com/User.Read"), 400, "invalid_scope", 1002012);
        assertRefused(changed("scope", "https://graph.microsoft.us/.default"), 400, "invalid_scope", 1002012);
        assertRefused(without("scope"), 400, "invalid_request", 900144);
    }

    @Test
    void graphCanBeNamedByTheSimulatorsAddress() throws ParseException {
        Web.Reply reply = changed("scope", simulator.httpUrl() + "/.default openid profile offline_access");
        assertThat(SignedJWT.parse(reply.json().get("access_token").stringValue()).getJWTClaimsSet().getAudience())
                .containsExactly(simulator.httpUrl());
        assertThat(web.get(simulator.httpUrl() + "/v1.0/deviceManagement/managedDevices?$top=1",
                Map.of("Authorization", "Bearer " + reply.json().get("access_token").stringValue())).status())
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutCredentialIsRefused() {
        assertRefused(without("client_secret"), 401, "invalid_client", 7000218);
    }

    @Test
    void otherGrantsAreRefused() {
        assertRefused(changed("grant_type", "password"), 400, "unsupported_grant_type", 70003);
        assertRefused(without("grant_type"), 400, "invalid_request", 900144);
        assertRefused(without("client_id"), 400, "invalid_request", 900144);
    }

    @Test
    void aBodyThatIsNotAFormIsRefused() {
        assertRefused(web.postJson(tokenRequests.endpoint(), Map.of(), tokenRequests.withSecret()), 400,
                "invalid_request",
                900144);
        assertRefused(web.get(tokenRequests.endpoint(), Map.of()), 400, "invalid_request", 900561);
    }

    @Test
    void aRefusalHasTheIdsForSupport() {
        String id = "11111111-aaaa-4aaa-8aaa-000000000001";
        Web.Reply reply = web.post(tokenRequests.endpoint(), Map.of("client-request-id", id), "");

        JsonNode body = reply.json();
        assertThat(body.get("correlation_id").stringValue()).isEqualTo(id);
        assertThat(body.get("timestamp").stringValue()).isEqualTo("2026-11-23 10:00:00Z");
        assertThat(body.get("error_description").stringValue()).startsWith("AADSTS900144: ")
                .contains("Trace ID: " + body.get("trace_id").stringValue(), "Correlation ID: " + id);
    }

    private JWTClaimsSet goodClaims() {
        return tokenRequests.claims(clock.instant()).build();
    }

    private String urlSafe(String digest) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(TokenRequests.thumbprint(digest, tokenRequests.certificate()));
    }

    private Web.Reply changed(String name, String value) {
        Map<String, String> form = tokenRequests.withSecret();
        form.put(name, value);
        return tokenRequests.ask(form);
    }

    private Web.Reply without(String name) {
        Map<String, String> form = tokenRequests.withSecret();
        form.remove(name);
        return tokenRequests.ask(form);
    }

    private Web.Reply askTenant(String tenant) {
        return web.postForm(simulator.httpUrl() + "/" + tenant + "/oauth2/v2.0/token", tokenRequests.withSecret());
    }

    private void assertAccepted(String assertion) {
        Web.Reply reply = tokenRequests.ask(tokenRequests.withAssertion(assertion));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private void assertRefused(JWTClaimsSet claims, int code) {
        assertRefused(tokenRequests.ask(tokenRequests.withAssertion(tokenRequests.assertion(claims))), 401,
                "invalid_client", code);
    }

    private static void assertRefused(Web.Reply reply, int status, String error, int code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().get("error").stringValue()).isEqualTo(error);
        assertThat(reply.json().get("error_codes").get(0).intValue()).isEqualTo(code);
        assertThat(reply.json().get("error_description").stringValue()).startsWith("AADSTS" + code + ": ");
    }
}
