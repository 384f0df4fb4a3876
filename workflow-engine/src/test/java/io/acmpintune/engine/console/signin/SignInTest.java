package io.acmpintune.engine.console.signin;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** The real service over HTTP: who comes in, and who does not. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class SignInTest {

    /** How long answers would have been delayed. */
    private static final List<Duration> DELAYS = new CopyOnWriteArrayList<>();

    private final JdbcClient jdbc;
    private final SignInAttempts attempts;
    private final int port;
    private final Visitor visitor;

    /** Nobody waits. */
    @TestConfiguration(proxyBeanMethods = false)
    static class NoWaiting {
        @Bean
        @Primary
        LocalSignIn.Pause noPause() {
            return DELAYS::add;
        }
    }

    SignInTest(@Autowired JdbcClient jdbc, @Autowired SignInAttempts attempts, @LocalServerPort int port) {
        this.jdbc = jdbc;
        this.attempts = attempts;
        this.port = port;
        this.visitor = new Visitor(port);
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
    }

    @BeforeEach
    void nobodyHasFailed() {
        jdbc.sql("delete from sign_in_failure").update();
        jdbc.sql("delete from spring_session").update();
    }

    // ---- coming in

    @Test
    void theRootLeadsToTheConsoleAndTheConsoleToTheSignIn() {
        assertThat(visitor.get("/").leadsTo()).isEqualTo("/console");
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
        assertThat(visitor.get("/console/sign-in").body()).contains("name=\"password\"");
    }

    @Test
    void whoSignsInSeesThePageThatWasWanted() {
        visitor.get("/console/clients?state=parked&q=a%20b");

        Visitor.Answer signedIn = visitor.signIn("Olga", People.PASSWORD);

        assertThat(signedIn.status()).isEqualTo(302);
        assertThat(signedIn.leadsTo()).startsWith("/console/clients?state=parked&q=a%20b");
        assertThat(visitor.get("/console/clients").body()).contains("Olga Ortmann").contains("user:olga");
        assertThat(visitor.get("/console/sign-in").leadsTo()).isEqualTo("/console");
    }

    @Test
    void beforeTheSignInThereIsNoSessionAndAfterItOneThatScriptsDoNotSee() {
        visitor.get("/console");
        visitor.get("/console/sign-in");
        assertThat(sessions()).isZero();
        assertThat(visitor.cookie("console-session")).isEmpty();

        Visitor.Answer signedIn = visitor.signIn("olga", People.PASSWORD);

        assertThat(sessions()).isEqualTo(1);
        assertThat(signedIn.header("Set-Cookie")).contains("console-session=")
                .containsPattern("console-session=[^,]*Path=/console[^,]*HttpOnly[^,]*SameSite=Strict");
        visitor.post("/console", "/console/sign-out", Map.of());
    }

    @Test
    void aSessionThatSomebodyElseChoseIsNotTakenOver() {
        Visitor.Answer page = visitor.get("/console", "Cookie", "console-session=Y2hvc2VuLWJ5LXNvbWVib2R5LWVsc2U=");

        assertThat(page.leadsTo()).isEqualTo("/console/sign-in");
        assertThat(sessions()).isZero();
    }

    @Test
    void whoSignsOutIsOut() {
        visitor.signIn("olga", People.PASSWORD);

        Visitor.Answer out = visitor.post("/console", "/console/sign-out", Map.of());

        assertThat(out.leadsTo()).isEqualTo("/console/sign-in?signed-out");
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
        assertThat(sessions()).isZero();
        assertThat(audited("SIGNED_IN", "user:olga")).isPositive();
        assertThat(audited("SIGNED_OUT", "user:olga")).isPositive();
    }

    // ---- staying out

    @Test
    void aWrongPasswordAndANameThatNobodyHasAreAnsweredAlike() {
        assertThat(visitor.signIn("olga", "wrong").leadsTo()).isEqualTo("/console/sign-in?failed");
        assertThat(visitor.signIn("nobody", "wrong").leadsTo()).isEqualTo("/console/sign-in?failed");
        assertThat(visitor.get("/console/sign-in?failed").body()).contains("role=\"alert\"");
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
    }

    @Test
    void aNameThatNobodyHasIsNotRecordedForItMayBeAPassword() {
        visitor.signIn("canary-password-typed-too-early", "x");

        assertThat(jdbc.sql("select count(*) from audit_entry where on_behalf_of like '%canary%'")
                .query(Integer.class)
                .single()).isZero();
    }

    @Test
    void afterThreeFailuresAnAddressPausesAndThenComesIn() {
        for (int i = 0; i < 3; i++) {
            assertThat(visitor.signIn("olga", "wrong" + i).leadsTo()).isEqualTo("/console/sign-in?failed");
        }

        assertThat(visitor.signIn("OLGA", People.PASSWORD).leadsTo()).isEqualTo("/console/sign-in?too-soon");
        assertThat(visitor.get("/console/sign-in?too-soon").body()).contains("Try again in a minute");
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");

        timePasses(60);
        assertThat(visitor.signIn("OLGA", People.PASSWORD).leadsTo()).isEqualTo("/console");
    }

    @Test
    void failuresFromElsewhereDelayANameAndNeverLockIt() {
        for (int i = 0; i < 500; i++) {
            failure("olga", "192.0.2." + i % 250);
        }
        DELAYS.clear();

        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console");

        assertThat(DELAYS).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void manyFailuresUnderManyNamesMakeTheirAddressPauseAndNoOther() {
        for (int i = 0; i < 20; i++) {
            failure("name-" + i, "127.0.0.1");
        }

        assertThat(visitor.signIn("vera", People.PASSWORD).leadsTo()).isEqualTo("/console/sign-in?too-soon");
        assertThat(attempts.begin("vera", "192.0.2.7")).isInstanceOf(SignInAttempts.Begun.Attempt.class);
    }

    @Test
    void theEmergencyStopIsReachableByTokenWhateverTheSignInDoes() {
        for (int i = 0; i < 1_000; i++) {
            failure("adam", "127.0.0.1");
        }
        assertThat(visitor.signIn("adam", People.PASSWORD).leadsTo()).isEqualTo("/console/sign-in?too-soon");

        ApiCaller.Answer stopped = ApiCaller.local(port, QuietEngine.token(Role.ADMINISTRATOR))
                .post("/api/v1/emergency-stop", "{\"workflow\":\"*\"}", Map.of());

        assertThat(stopped.status()).isEqualTo(200);
        jdbc.sql("delete from emergency_stop").update();
    }

    @Test
    void successForgetsTheFailuresBeforeItAtItsAddress() {
        failure("olga", "192.0.2.7");
        for (int i = 0; i < 2; i++) {
            visitor.signIn("olga", "wrong");
        }
        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console");

        assertThat(jdbc.sql("select address from sign_in_failure where name = 'olga'").query(String.class).list())
                .containsExactly("192.0.2.7");
    }

    @Test
    void everyTenthFailureOfANameIsAnAlert() {
        for (int i = 0; i < 9; i++) {
            failure("paul", "192.0.2." + i);
        }
        int before = audited("SIGN_INS_FAILING", "system:engine");

        visitor.signIn("paul", "wrong");

        assertThat(audited("SIGN_INS_FAILING", "system:engine")).isEqualTo(before + 1);
    }

    private void failure(String name, String address) {
        jdbc.sql("insert into sign_in_failure (name, address, at) values (:name, :address, now())")
                .param("name", name)
                .param("address", address)
                .update();
    }

    /** As if all failures had been so many seconds earlier. */
    private void timePasses(int seconds) {
        jdbc.sql("update sign_in_failure set at = at - make_interval(secs => :seconds)")
                .param("seconds", seconds)
                .update();
    }

    @Test
    void aFormWithoutItsTokenIsRefusedWithAPage() {
        Visitor.Answer refused = visitor.postAlone("/console/sign-in",
                Map.of("name", "olga", "password", People.PASSWORD));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).startsWith("text/html");
        assertThat(refused.body()).contains("The form was too old");
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
    }

    @Test
    void aFormFromANeighbouringSiteIsRefusedThoughItKnowsTheToken() {
        visitor.signIn("olga", People.PASSWORD);

        Visitor.Answer refused = visitor.fromElsewhere("same-site")
                .post("/console", "/console/preferences", Map.of("language", "de"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(visitor.fromElsewhere("same-origin")
                .post("/console", "/console/preferences", Map.of("language", "de"))
                .status()).isEqualTo(302);
    }

    @Test
    void aNameThatNoDatabaseTakesIsAWrongNameLikeAnyOther() {
        assertThat(visitor.signIn("ol\0ga", "x").leadsTo()).isEqualTo("/console/sign-in?failed");
    }

    @Test
    void aSessionOfAUserWhomTheConfigurationNoLongerHasEnds() {
        visitor.signIn("olga", People.PASSWORD);
        assertThat(visitor.get("/console").status()).isEqualTo(200);

        // as another configuration would have signed her in: with another password
        SessionStamps.changeAll(jdbc);

        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
    }

    @Test
    void aSessionCarriesAMessageToTheNextPageOnce() {
        visitor.signIn("olga", People.PASSWORD);
        String message = "Nothing more is handed over.";

        String next = visitor.post("/console/emergency-stop", "/console/emergency-stop", Map.of("scope", "*"))
                .leadsTo();

        assertThat(visitor.get(next).body()).contains(message);
        assertThat(visitor.get(next).body()).doesNotContain(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "\u00ac\u00ed\u0000\u0005sr", "{\"type\":\"java.io.File\"}"})
    void aSessionWhoseRowWasChangedIsSignedOut(String stored) {
        visitor.signIn("olga", People.PASSWORD);
        assertThat(visitor.get("/console").status()).isEqualTo(200);

        jdbc.sql("update spring_session_attributes set attribute_bytes = :bytes")
                .param("bytes", stored.getBytes(StandardCharsets.ISO_8859_1))
                .update();

        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
    }

    // ---- two ways in, which do not open each other's doors

    @Test
    void aSessionDoesNotOpenTheApi() {
        visitor.signIn("adam", People.PASSWORD);

        assertThat(visitor.get("/api/v1/workflows").status()).isEqualTo(401);
    }

    @Test
    void aTokenDoesNotOpenTheConsole() {
        ApiCaller caller = ApiCaller.local(port, QuietEngine.token(Role.ADMINISTRATOR));

        assertThat(caller.get("/console").status()).isEqualTo(302);
        assertThat(caller.get("/api/v1/workflows").status()).isEqualTo(200);
    }

    // ---- what holds for every page

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/sign-in", "/console/clients", "/console/nothing",
            "/console/assets/console.css"})
    void everyAnswerTellsBrowsersToTakeCare(String path) {
        visitor.signIn("olga", People.PASSWORD);

        Visitor.Answer answer = visitor.get(path);

        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'; script-src 'self'; ")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void behindTlsBrowsersStayWithTls() {
        Visitor.Answer page = visitor.get("/console/sign-in", "X-Forwarded-Proto", "https");

        assertThat(page.header("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(page.header("Set-Cookie")).contains("console-form=").contains("Secure");
    }

    @Test
    void pagesAreNotKeptAndAssetsAre() {
        visitor.signIn("olga", People.PASSWORD);
        String page = visitor.get("/console").body();
        String style = page.replaceFirst("(?s).*href=\"(/console/assets/console-[0-9a-f]{32}\\.css)\".*", "$1");

        assertThat(visitor.get("/console").header("Cache-Control")).contains("no-store");
        assertThat(style).startsWith("/console/assets/console-");
        assertThat(visitor.get(style).header("Cache-Control")).contains("max-age=31536000");
    }

    @Test
    void noPageHoldsAScriptOrAStyleAndNothingComesFromElsewhere() {
        visitor.signIn("olga", People.PASSWORD);

        for (String path : new String[]{"/console", "/console/clients", "/console/nothing"}) {
            assertThat(visitor.get(path).body()).doesNotContainPattern("<script(?![^>]* src=\"/)[^>]*>")
                    .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:")
                    .doesNotContainPattern("(?:src|href|action)=\"(?:https?:)?//");
        }
    }

    @Test
    void whatDoesNotExistIsAPageThatSaysWhatToDo() {
        visitor.signIn("olga", People.PASSWORD);

        Visitor.Answer missing = visitor.get("/console/nothing");
        Visitor.Answer client = visitor.get("/console/clients/00000000-0000-4000-8000-000000000000");
        Visitor.Answer workflow = visitor.get("/console/clients?workflow=Nobody_1");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("There is no such page").contains("What to do:");
        assertThat(client.status()).isEqualTo(404);
        assertThat(client.body()).contains("Unknown client").contains("Choose a client from the workflow");
        assertThat(workflow.status()).isEqualTo(404);
        assertThat(visitor.get("/console/clients/not-an-id").status()).isEqualTo(400);
    }

    @Test
    void aPartOfAPageWithoutASessionHasTheWholePageLoadedAgain() {
        Visitor.Answer part = visitor.getPart("/console/clients");

        assertThat(part.status()).isEqualTo(401);
        assertThat(part.header("HX-Refresh")).isEqualTo("true");
    }

    @Test
    void languageAndColoursAreKeptAndLeadBackToThePage() {
        visitor.signIn("olga", People.PASSWORD);

        Visitor.Answer kept = visitor.post("/console", "/console/preferences",
                Map.of("language", "de", "back", "/console/clients?state=any"));
        visitor.post("/console", "/console/preferences", Map.of("theme", "dark"));

        assertThat(kept.leadsTo()).isEqualTo("/console/clients?state=any");
        assertThat(visitor.get("/console").body()).contains("lang=\"de\"")
                .contains("data-theme=\"dark\"")
                .contains("Übersicht");
        for (String elsewhere : new String[]{"//evil.example", "https://evil.example", "/api/v1/clients",
                "/console\\@evil.example", "/consoles"}) {
            assertThat(visitor.post("/console", "/console/preferences", Map.of("back", elsewhere)).leadsTo())
                    .as(elsewhere)
                    .isEqualTo("/console");
        }
    }

    private int sessions() {
        return jdbc.sql("select count(*) from spring_session").query(Integer.class).single();
    }

    private int audited(String event, String actor) {
        return jdbc.sql("select count(*) from audit_entry where event = :event and actor = :actor")
                .param("event", event)
                .param("actor", actor)
                .query(Integer.class)
                .single();
    }
}
