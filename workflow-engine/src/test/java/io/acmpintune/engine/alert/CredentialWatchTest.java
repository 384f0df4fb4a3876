package io.acmpintune.engine.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.model.ExpiringCredential.Stage;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class CredentialWatchTest {

    private static final Instant END = Instant.parse("2026-12-31T10:15:30Z");
    private static final String PATH = "/api/v1/connectors/IntuneConnector_1/credentials";

    private final EngineDatabase database = EngineDatabase.empty();
    private final ConnectorStub connector = ConnectorStub.start();
    private final CredentialExpiries expiries = new CredentialExpiries(database.jdbc());
    private final Workflow workflow = TestWorkflows.workflow(connector.address(), 200);
    private final CredentialWatch watch = new CredentialWatch(workflow, TestWorkflows.client(workflow), expiries,
            TestWebhooks.on(database, InstantSource.system()));

    CredentialWatchTest() {
        database.jdbc().sql("truncate credential_expiry, webhook_delivery").update();
    }

    @AfterEach
    void close() {
        connector.close();
    }

    @Test
    void webhooksAreNotifiedOnceAtEachStage() {
        for (Stage stage : List.of(Stage.FAR, Stage.DAYS_30, Stage.DAYS_30, Stage.DAYS_7, Stage.DAYS_7,
                Stage.EXPIRED)) {
            watch(certificate(END, stage));
        }

        assertThat(notifications()).hasSize(3)
                .allSatisfy(body -> assertThat(body).contains("credential-expiring", TestWorkflows.NAME,
                        "IntuneConnector_1", "reading", END.toString()));
        assertThat(expiries.expiringSoon())
                .containsExactly(new ReportedCredential(TestWorkflows.NAME, "IntuneConnector_1",
                        certificate(END, Stage.EXPIRED)));
    }

    @Test
    void aReplacedCredentialStartsOver() {
        watch(certificate(END, Stage.DAYS_7));
        watch(certificate(END.plus(Duration.ofDays(90)), Stage.FAR));
        assertThat(expiries.expiringSoon()).isEmpty();

        watch(certificate(END.plus(Duration.ofDays(90)), Stage.DAYS_30));

        assertThat(notifications()).hasSize(2);
    }

    @Test
    void anExpiryThatIsUnknownForAWhileIsNotNotifiedTwice() {
        watch(certificate(END, Stage.DAYS_14));
        watch(certificate(null, Stage.FAR));
        watch(certificate(END, Stage.DAYS_14));

        assertThat(notifications()).hasSize(1);
    }

    @Test
    void theCredentialOfActionsIsWatchedAsWell() {
        ExpiringCredential acting = new ExpiringCredential("acting", "client-secret", END, Stage.DAY_1);
        watch(certificate(END, Stage.DAY_1), acting);
        assertThat(notifications()).hasSize(2).anySatisfy(body -> assertThat(body).contains("acting"));

        watch(certificate(END, Stage.DAY_1));

        assertThat(expiries.expiringSoon()).extracting(known -> known.credential().use()).containsExactly("reading");
    }

    @Test
    void aSilentConnectorIsAskedAgainSoonAndNothingIsForgotten() {
        watch(certificate(END, Stage.DAY_1));
        connector.answers(get(urlPathEqualTo(PATH)).willReturn(serverError()));

        assertThat(watch.run(database.run("watch-credentials", 10))).isEqualTo(CredentialWatch.RETRY_INTERVAL);

        assertThat(expiries.expiringSoon()).hasSize(1);
    }

    private void watch(ExpiringCredential... credentials) {
        connector.answers(get(urlPathEqualTo(PATH))
                .willReturn(okJson(JsonMapper.shared().writeValueAsString(credentials))));
        assertThat(watch.run(database.run("watch-credentials", 10))).isEqualTo(CredentialWatch.INTERVAL);
    }

    private static ExpiringCredential certificate(@Nullable Instant expires, Stage stage) {
        return new ExpiringCredential("reading", "certificate", expires, stage);
    }

    private List<String> notifications() {
        return database.jdbc().sql("select body from webhook_delivery").query((row, _) -> row.getString(1)).list();
    }
}
