package io.acmpintune.engine.inventory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.fixture.TestClock;
import io.acmpintune.runtime.problem.ProblemException;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RemovalHoldsTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final String HOLDS = "/api/v1/connectors/IntuneConnector_1/removal-holds";
    private static final RemovalHold HOLD = new RemovalHold(12, RemovalHold.State.HELD,
            Instant.parse("2026-11-25T12:00:00Z"), 400, List.of(new DeviceId("phone"), new DeviceId("other")), null,
            null);

    private final EngineDatabase database = EngineDatabase.empty();
    private final Workflow workflow = TestWorkflows.workflow(CONNECTOR.address(), 200);
    private final RemovalHolds holds = new RemovalHolds(
            new ConnectorRequests(TestWorkflows.clients(workflow), JsonMapper.shared()),
            new DeviceRepository(database.jdbc(), JsonMapper.shared()),
            TestAudit.on(database.jdbc(), TestClock.fixed()), database.transactions());

    @BeforeEach
    void forget() {
        CONNECTOR.reset();
    }

    @AfterAll
    static void stop() {
        CONNECTOR.close();
    }

    @Test
    void aHoldIsShownWithWhatIsKnownOfItsDevices() {
        database.client(UUID.randomUUID(), "phone", false);
        CONNECTOR.answers(get(urlEqualTo(HOLDS)).willReturn(okJson(json(List.of(HOLD)))));

        assertThat(holds.find(workflow, 12)).isEqualTo(HOLD);
        assertThat(holds.devices(workflow, HOLD.devices())).extracting(held -> held.device().value())
                .containsExactly("phone", "other");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> holds.find(workflow, 13))
                .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(404));
    }

    @Test
    void aDecisionIsRecordedAndPassedOnWithItsAuthor() {
        CONNECTOR.answers(post(urlEqualTo(HOLDS + "/12/decision"))
                .withRequestBody(matchingJsonPath("$.release", equalTo("true")))
                .withRequestBody(matchingJsonPath("$.decidedBy", equalTo("user:adam")))
                .willReturn(okJson(json(HOLD))));

        assertThat(holds.decide(workflow, 12, true, "user:adam")).isEqualTo(HOLD);
        assertThat(newest(1)).containsExactly("HOLD_DECIDED user:adam IntuneConnector_1/12 RELEASED");
    }

    @Test
    void aDecisionThatTheConnectorDoesNotTakeIsRecordedAsRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> holds.decide(workflow, 12, false, "user:adam"))
                .satisfies(refused -> assertThat(refused.problem().remedy()).isNotBlank());

        assertThat(newest(2)).containsExactly("REFUSED user:adam IntuneConnector_1/12 -",
                "HOLD_DECIDED user:adam IntuneConnector_1/12 REJECTED");
    }

    private List<@Nullable String> newest(int count) {
        return database.jdbc().sql("""
                select event || ' ' || actor || ' ' || target_id || ' ' || coalesce(after ->> 'state', '-')
                from audit_entry order by seq desc limit :count
                """).param("count", count).query(String.class).list();
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
