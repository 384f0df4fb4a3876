package io.acmpintune.engine.access;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.access.RevocationRepository;
import io.acmpintune.runtime.access.Revocations;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** Access that is withdrawn without a restart. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class AccessTest {

    private static final String OPERATOR = "token:some-operator";

    private final JdbcClient jdbc;
    private final Revocations revocations;
    private final RevocationRepository stored;
    private final int port;
    private final Visitor visitor;
    private final ApiCaller administrator;
    private final ApiCaller approver;
    private final ApiCaller operator;

    AccessTest(@Autowired JdbcClient jdbc, @Autowired Revocations revocations,
            @Autowired RevocationRepository stored, @LocalServerPort int port) {
        this.jdbc = jdbc;
        this.revocations = revocations;
        this.stored = stored;
        this.port = port;
        this.visitor = new Visitor(port);
        this.administrator = ApiCaller.local(port, QuietEngine.token(Role.ADMINISTRATOR));
        this.approver = ApiCaller.local(port, QuietEngine.token(Role.APPROVER));
        this.operator = ApiCaller.local(port, QuietEngine.token(Role.OPERATOR));
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
    }

    @BeforeEach
    void everybodyHasAccess() {
        jdbc.sql("delete from revocation").update();
        revocations.refresh();
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAndEverywhere() {
        Revocations otherReplica = Revocations.of(stored);
        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(200);
        assertThat(otherReplica.covers(OPERATOR)).isFalse();

        assertThat(post(administrator, "/revocations", OPERATOR).status()).isEqualTo(200);

        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(401);
        otherReplica.refresh();
        assertThat(otherReplica.covers(OPERATOR)).isTrue();
        otherReplica.close();
        assertThat(approver.get("/api/v1/revocations").json().get(0).path("identity").asString()).isEqualTo(OPERATOR);
        assertThat(audited("ACCESS_REVOKED", OPERATOR)).isEqualTo("token:some-administrator");
    }

    @Test
    void returningAnAccessTakesTwoPersons() {
        post(administrator, "/revocations", OPERATOR);

        assertThat(post(administrator, "/revocations/return", OPERATOR).status()).isEqualTo(200);
        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(401);
        ApiCaller.Answer alone = post(administrator, "/revocations/return", OPERATOR);
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.body()).contains(ProblemKind.SECOND_PERSON_REQUIRED.text());
        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(401);

        assertThat(post(approver, "/revocations/return", OPERATOR).status()).isEqualTo(200);

        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(200);
        assertThat(audited("ACCESS_RETURNED", OPERATOR)).isEqualTo("token:some-approver");
        assertThat(post(approver, "/revocations/return", OPERATOR).status()).isEqualTo(409);
    }

    @Test
    void revokingAgainWithdrawsARequestToReturnTheAccess() {
        post(administrator, "/revocations", OPERATOR);
        post(administrator, "/revocations/return", OPERATOR);

        post(administrator, "/revocations", OPERATOR);

        assertThat(post(approver, "/revocations/return", OPERATOR).status()).isEqualTo(403);
        assertThat(operator.get("/api/v1/workflows").status()).isEqualTo(401);
    }

    @Test
    void aRevokedPersonIsSignedOutAndCannotSignIn() {
        visitor.signIn("olga", People.PASSWORD);
        assertThat(visitor.get("/console").status()).isEqualTo(200);

        post(administrator, "/revocations", "user:olga");

        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console/sign-in?revoked");
        assertThat(visitor.get("/console/sign-in?revoked").body()).contains("Your access has been revoked");
        assertThat(visitor.signIn("olga", "wrong").leadsTo()).isEqualTo("/console/sign-in?failed");
    }

    @Test
    void endingSessionsSignsOutAndLetsThemSignInAgain() {
        visitor.signIn("olga", People.PASSWORD);

        ApiCaller.Answer ended = post(administrator, "/sessions/end", "user:olga");

        assertThat(ended.json().path("sessions").asInt()).isEqualTo(1);
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");
        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console");
        assertThat(audited("SESSIONS_ENDED", "user:olga")).isEqualTo("token:some-administrator");
    }

    @Test
    void administratorsDoTheSameInTheConsole() {
        visitor.signIn("olga", People.PASSWORD);
        Visitor adam = new Visitor(port);
        adam.signIn("adam", People.PASSWORD);
        assertThat(adam.get("/console/access").body()).contains("Olga Ortmann").contains("user:olga");

        adam.post("/console/access", "/console/access/sessions", Map.of("identity", "user:olga"));
        assertThat(visitor.get("/console").leadsTo()).isEqualTo("/console/sign-in");

        adam.post("/console/access", "/console/access/revocation", Map.of("identity", " user:olga "));
        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console/sign-in?revoked");

        adam.post("/console/access", "/console/access/return", Map.of("scope", "user:olga"));
        Visitor paul = new Visitor(port);
        paul.signIn("paul", People.PASSWORD);
        assertThat(paul.get("/console/access").body()).contains("Return the access").doesNotContain("Revoke an access");
        paul.post("/console/access", "/console/access/return", Map.of("scope", "user:olga"));
        assertThat(visitor.signIn("olga", People.PASSWORD).leadsTo()).isEqualTo("/console");
    }

    @Test
    void whatIsNoIdentityIsRefused() {
        for (String text : new String[]{"", "olga", "user:", "user:a b", "root:olga"}) {
            assertThat(post(administrator, "/revocations", text).status()).as(text).isEqualTo(400);
        }
    }

    private static ApiCaller.Answer post(ApiCaller caller, String path, String identity) {
        return caller.post("/api/v1" + path, "{\"identity\":\"" + identity + "\"}", Map.of());
    }

    private String audited(String event, String identity) {
        return jdbc
                .sql("""
                        select actor from audit_entry where event = :event and target_kind = 'IDENTITY' and target_id = :identity
                        order by seq desc limit 1
                        """)
                .param("event", event)
                .param("identity", identity)
                .query(String.class)
                .single();
    }
}
