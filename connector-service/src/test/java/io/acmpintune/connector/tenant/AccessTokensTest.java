package io.acmpintune.connector.tenant;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.fixture.TestCertificate;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.fixture.UnreachableAddress;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AccessTokensTest {

    private static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();

    private final TestClock clock = TestClock.running();
    private final AccessTokens tokens = tokens(MICROSOFT.connector());

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
    }

    @AfterAll
    static void stop() {
        MICROSOFT.close();
    }

    @Test
    void aClientSecretGetsATokenForTheConnectorsOwnGraph() {
        MICROSOFT.givesToken("t-1");

        assertThat(tokens.token()).isEqualTo("t-1");
        MICROSOFT.server()
                .verify(1, postRequestedFor(urlEqualTo(FakeMicrosoft.TOKEN_PATH))
                        .withFormParam("grant_type", containing("client_credentials"))
                        .withFormParam("client_id", containing(FakeMicrosoft.CLIENT.toString()))
                        .withFormParam("client_secret", containing(FakeMicrosoft.SECRET))
                        .withFormParam("scope", containing(MICROSOFT.address() + "/.default")));
    }

    @Test
    void aCertificateSendsASignedAssertionAndNoSecret(@TempDir Path folder) {
        MICROSOFT.givesToken("t-1");
        Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), "canary-password");

        assertThat(tokens(certificate(file)).token()).isEqualTo("t-1");
        MICROSOFT.server()
                .verify(1, postRequestedFor(urlEqualTo(FakeMicrosoft.TOKEN_PATH))
                        .withFormParam("client_assertion_type",
                                containing("urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))
                        .withFormParam("client_assertion", containing("eyJ")));
        assertThat(MICROSOFT.requests(
                postRequestedFor(urlEqualTo(FakeMicrosoft.TOKEN_PATH)).withRequestBody(containing("canary")))).isZero();
    }

    @Test
    void aTokenIsKeptAndRenewedFiveMinutesBeforeItEnds() {
        MICROSOFT.givesToken("t-1");
        assertThat(tokens.token()).isEqualTo("t-1");

        MICROSOFT.givesToken("t-2");
        clock.advance(Duration.ofMinutes(54));
        assertThat(tokens.token()).isEqualTo("t-1");
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.token()).isEqualTo("t-2");
    }

    @Test
    void aRenewalThatFailsLeavesTheTokenInUseAsLongAsItIsGood() {
        MICROSOFT.givesToken("t-1");
        tokens.token();
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(400)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\":\"server_error\",\"error_description\":\"AADSTS90033: a moment.\"}")));

        clock.advance(Duration.ofMinutes(56));
        assertThat(tokens.token()).isEqualTo("t-1");
        assertThat(tokens.token()).isEqualTo("t-1");
        assertThat(MICROSOFT.tokenRequests()).as("not asked again at once").isEqualTo(2);
        clock.advance(Duration.ofSeconds(30));
        assertThat(tokens.token()).isEqualTo("t-1");
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(3);

        clock.advance(Duration.ofMinutes(3));
        assertThat(problem(tokens).detail()).contains("AADSTS90033");
        MICROSOFT.givesToken("t-2");
        assertThat(tokens.token()).isEqualTo("t-2");
    }

    @Test
    void aHalfWrittenCertificateFileFailsNoRequest(@TempDir Path folder) throws IOException {
        Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), "canary-password");
        AccessTokens rotating = tokens(certificate(file));
        MICROSOFT.givesToken("t-1");
        rotating.token();
        MICROSOFT.givesToken("t-2");
        byte[] whole = Files.readAllBytes(TestCertificate.rsa().write(folder.resolve("next.pfx"), "canary-password"));

        clock.advance(Duration.ofMinutes(56));
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(rotating.token()).isEqualTo("t-1");
        Files.write(file, whole);
        clock.advance(Duration.ofSeconds(30));

        assertThat(rotating.token()).isEqualTo("t-2");
    }

    @Test
    void aTokenThatLivesShorterThanTheMarginIsUsedForHalfOfItsLife() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(okJson(FakeMicrosoft.tokenAnswer("t-1", 120))));
        tokens.token();
        clock.advance(Duration.ofSeconds(55));
        tokens.token();
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(10));
        tokens.token();
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
    }

    @Test
    void twentyThreadsThatNeedATokenCauseOneRequest() throws Exception {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH)
                .willReturn(okJson(FakeMicrosoft.tokenAnswer("t-1", 3_599)).withFixedDelay(200)));
        CountDownLatch together = new CountDownLatch(20);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> {
                together.countDown();
                together.await();
                return tokens.token();
            })).toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("t-1");
            }
        }
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(1);
    }

    @Test
    void anInvalidatedTokenIsNotUsedAgain() {
        MICROSOFT.givesToken("t-1");
        tokens.token();
        MICROSOFT.givesToken("t-2");

        tokens.invalidate("t-1");
        assertThat(tokens.token()).isEqualTo("t-2");
        tokens.invalidate("t-1");
        assertThat(tokens.token()).isEqualTo("t-2");
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"401,invalid_client,7000215,Set the secret's value", "401,invalid_client,7000222,secret has expired",
            "401,invalid_client,700027,Register this certificate", "400,unauthorized_client,700016,Check client-id",
            "400,invalid_request,90002,Check tenant-id and cloud", "400,invalid_request,900023,Check tenant-id",
            "400,server_error,90033,try again in a minute",
            "400,invalid_client,1234567,documentation explains AADSTS1234567"})
    void whatEntraRefusesIsExplainedWithEntrasOwnTextAndCorrelationId(int status, String error, String code,
            String remedy) {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(status)
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(
                        """
                                {"error":"%s","error_description":"AADSTS%s: Entra's own words. Trace ID: 0b9d2f6e-0000-4000-8000-00000000000a\
                                 Correlation ID: 5d4f0a0e-0000-4000-8000-00000000000b Timestamp: 2026-11-20 12:00:00Z",\
                                "error_codes":[%s],"timestamp":"2026-11-20 12:00:00Z","trace_id":"0b9d2f6e-0000-4000-8000-00000000000a",\
                                "correlation_id":"5d4f0a0e-0000-4000-8000-00000000000b"}
                                """
                                .formatted(error, code, code))));

        Problem problem = problem(tokens);

        assertThat(problem.kind()).isEqualTo(ProblemKind.ENTRA_REFUSED);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).contains("AADSTS" + code + ": Entra's own words")
                .contains("5d4f0a0e-0000-4000-8000-00000000000b");
        assertThat(problem.remedy()).contains(remedy);
    }

    @Test
    void aProxysPageIsNotABadCredential() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(407)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>Proxy says no</html>")));

        Problem problem = problem(tokens);

        assertThat(problem.kind()).isEqualTo(ProblemKind.ENTRA_UNREACHABLE);
        assertThat(problem.remedy()).contains("proxy");
    }

    @Test
    void anUnreachableEntraIsAMatterOfTheNetwork() {
        Problem problem = problem(
                tokens(MICROSOFT.connector(new Credential.ClientSecret(FakeMicrosoft.SECRET),
                        UnreachableAddress.https())));

        assertThat(problem.kind()).isEqualTo(ProblemKind.ENTRA_UNREACHABLE);
        assertThat(problem.remedy()).contains("network");
    }

    @Test
    void anUntrustedCertificateAuthorityPointsToTheSslBundle() {
        MICROSOFT.givesToken("t-1");

        Problem problem = problem(new AccessTokens(MICROSOFT.connector(), null, clock));

        assertThat(problem.kind()).isEqualTo(ProblemKind.ENTRA_UNREACHABLE);
        assertThat(problem.remedy()).contains("ssl-bundle");
        assertThat(MICROSOFT.tokenRequests()).isZero();
    }

    @Test
    void aCertificateFileThatIsGoneIsAMatterOfTheCredential(@TempDir Path folder) {
        Problem problem = problem(tokens(certificate(folder.resolve("gone.pfx"))));

        assertThat(problem.kind()).isEqualTo(ProblemKind.CREDENTIAL_UNUSABLE);
        assertThat(problem.detail()).contains("gone.pfx");
    }

    @Test
    void aCertificateFileThatWasReplacedByAnUnusableOneIsAMatterOfTheCredential(@TempDir Path folder)
            throws IOException {
        MICROSOFT.givesToken("t-1");
        Path pem = Files.writeString(folder.resolve("app.pem"), "-----BEGIN CERTIFICATE-----\n");
        Path locked = TestCertificate.rsa().write(folder.resolve("locked.pfx"), "another password");
        Path curve = TestCertificate.ellipticCurve().write(folder.resolve("ec.pfx"), "canary-password");
        Path empty = TestCertificate.writeAll(folder.resolve("empty.pfx"), "canary-password");

        for (Path file : List.of(pem, locked, curve, empty)) {
            Problem problem = problem(tokens(certificate(file)));
            assertThat(problem.kind()).as(file.toString()).isEqualTo(ProblemKind.CREDENTIAL_UNUSABLE);
            assertThat(problem.detail()).contains(file.toString());
        }
    }

    // ---- credentials that are replaced

    @Test
    void aSecretFileThatWasReplacedIsUsedForTheNextTokenWithoutARestart(@TempDir Path folder) throws IOException {
        try (Simulator microsoft = Simulator.start(SimulatorOptions.defaults().withDevices(1))) {
            Path file = Files.writeString(folder.resolve("secret"), "an old one\n");
            AccessTokens stored = simulated(microsoft,
                    new Credential.ClientSecret(new SecretSource.InFile(file), null));

            assertThat(problem(stored).detail()).contains("AADSTS7000215");
            Files.writeString(file, microsoft.access().clientSecret() + "\n");

            assertThat(stored.token()).isNotBlank();
            assertThat(microsoft.entra().tokensIssued()).isEqualTo(1);
        }
    }

    @Test
    void aCertificateFileThatWasReplacedIsUsedForTheNextTokenWithoutARestart(@TempDir Path folder)
            throws IOException {
        try (Simulator microsoft = Simulator.start(SimulatorOptions.defaults().withDevices(1))) {
            String password = microsoft.access().certificatePassword();
            Path file = TestCertificate.rsa().write(folder.resolve("app.pfx"), password);
            AccessTokens stored = simulated(microsoft, new Credential.Certificate(file, password));

            assertThat(problem(stored).detail()).contains("AADSTS700027");
            Files.copy(microsoft.access().certificate(), file, StandardCopyOption.REPLACE_EXISTING);

            assertThat(stored.token()).isNotBlank();
        }
    }

    @Test
    @Timeout(30)
    void aSecretReplacedDuringARequestIsTriedImmediately(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "old-one");
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).withFormParam("client_secret", equalTo("old-one"))
                .willReturn(aResponse().withStatus(401)
                        .withFixedDelay(1_000)
                        .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: x\"}")));
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).withFormParam("client_secret", equalTo("new-one"))
                .willReturn(okJson(FakeMicrosoft.tokenAnswer("t-1", 3_599))));
        AccessTokens stored = tokens(MICROSOFT
                .connector(new Credential.ClientSecret(new SecretSource.InFile(file), null), MICROSOFT.address()));

        CompletableFuture<String> token = CompletableFuture.supplyAsync(stored::token);
        while (MICROSOFT.tokenRequests() == 0) {
            Thread.onSpinWait();
        }
        Files.writeString(file, "new-one");

        assertThat(token.join()).isEqualTo("t-1");
        assertThat(MICROSOFT.tokenRequests()).isEqualTo(2);
    }

    @Test
    void anUnchangedRejectedSecretIsNotSentTwice(@TempDir Path folder) throws IOException {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(401)
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: x\"}")));
        Path file = Files.writeString(folder.resolve("secret"), "old-one");

        problem(tokens(MICROSOFT.connector(new Credential.ClientSecret(new SecretSource.InFile(file), null),
                MICROSOFT.address())));

        assertThat(MICROSOFT.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aBundleThatNowTrustsEntraIsUsedWithoutARestart() {
        MICROSOFT.givesToken("t-1");
        AccessTokens blind = new AccessTokens(MICROSOFT.connector(), null, clock);
        assertThat(problem(blind).kind()).isEqualTo(ProblemKind.ENTRA_UNREACHABLE);

        blind.updateTrust(MICROSOFT.trust());

        assertThat(blind.token()).isEqualTo("t-1");
    }

    private AccessTokens simulated(Simulator microsoft, Credential credential) {
        URI address = URI.create(microsoft.httpsUrl());
        Connector plain = MICROSOFT.connector();
        return new AccessTokens(
                new Connector("IntuneConnector_1", microsoft.access().tenantId(), microsoft.access().clientId(),
                        credential, new Endpoints(address, address), null, plain.scanner(), plain.followUp(),
                        plain.actions()),
                SslBundle.of(new PemSslStoreBundle(null,
                        PemSslStoreDetails.forCertificate("file:" + microsoft.access().ca()))),
                clock);
    }

    @Test
    void afterAFailureTheNextCallerTriesAgain() {
        MICROSOFT.answers(post(FakeMicrosoft.TOKEN_PATH).willReturn(aResponse().withStatus(400)
                .withBody("{\"error\":\"invalid_request\",\"error_description\":\"AADSTS90002\"}")));
        problem(tokens);
        MICROSOFT.givesToken("t-1");

        assertThat(tokens.token()).isEqualTo("t-1");
    }

    private static Connector certificate(Path file) {
        return MICROSOFT.connector(new Credential.Certificate(file, "canary-password"), MICROSOFT.address());
    }

    private AccessTokens tokens(Connector connector) {
        return new AccessTokens(connector, MICROSOFT.trust(), clock);
    }

    private static Problem problem(AccessTokens of) {
        AccessTokenException none = catchThrowableOfType(AccessTokenException.class, of::token);
        assertThat(none).hasMessageContaining("IntuneConnector_1").hasMessageNotContaining("canary");
        assertThat(none.problem().remedy()).isNotBlank();
        assertThat(none.problem().toString()).doesNotContain("canary");
        return none.problem();
    }
}
