package io.acmpintune.engine.safety;

import java.net.URI;
import java.time.Duration;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.engine.workflow.Workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.acmpintune.engine.safety.SafetyBench.ADMINISTRATOR;
import static io.acmpintune.engine.safety.SafetyBench.APPROVER;
import static io.acmpintune.engine.safety.SafetyBench.OPERATOR;
import static io.acmpintune.engine.safety.SafetyBench.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;

/** Pushes stops to a connector that answers as the test says. */
class StopPusherTest {

    private static final WireMockServer CONNECTOR = started();
    private static final String STOP = "/api/v1/connectors/IntuneConnector_1/stops/" + WORKFLOW;

    private final SafetyBench engine = new SafetyBench();
    private final StopPusher pusher = pusher();

    private static WireMockServer started() {
        WireMockServer server = new WireMockServer(
                WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        server.start();
        return server;
    }

    @AfterAll
    static void stop() {
        CONNECTOR.stop();
    }

    @BeforeEach
    void reset() {
        CONNECTOR.resetAll();
    }

    private StopPusher pusher() {
        Workflow workflow = TestWorkflows.workflow(URI.create("http://127.0.0.1:" + CONNECTOR.port()), 10);
        return new StopPusher(workflow, TestWorkflows.stops(workflow), engine.pushes, JsonMapper.shared(),
                engine.clock);
    }

    @Test
    void withoutAStopNobodyIsTold() {
        assertThat(run()).isEqualTo(StopPusher.AGAIN);
        assertThat(CONNECTOR.getAllServeEvents()).isEmpty();
    }

    @Test
    void aStopIsToldUntilItIsAcknowledged() {
        engine.stops.stop(WORKFLOW, "stolen account", OPERATOR);
        CONNECTOR.stubFor(put(STOP).willReturn(aResponse().withStatus(503)));
        assertThat(run()).isEqualTo(StopPusher.AFTER_FAILURE);
        assertThat(reached().acknowledged()).isFalse();
        assertThat(reached().problem()).isNotNull();

        answers(true);
        assertThat(run()).isEqualTo(StopPusher.AGAIN);

        assertThat(reached().acknowledged()).isTrue();
        assertThat(reached().problem()).isNull();
        assertThat(reached().acknowledgedAt()).isEqualTo(engine.clock.instant());
        CONNECTOR.verify(2, putRequestedFor(urlEqualTo(STOP))
                .withRequestBody(matchingJsonPath("$.stopped", equalTo("true")))
                .withRequestBody(matchingJsonPath("$.by")));
    }

    @Test
    void aStandingStopIsToldAgainAndALiftedOneIsNot() {
        engine.stops.stop(WORKFLOW, null, OPERATOR);
        answers(true);
        run();
        run();
        assertThat(pushes()).isEqualTo(1);

        engine.clock.advance(StopPusher.AGAIN.plusSeconds(1));
        run();
        assertThat(pushes()).isEqualTo(2);

        engine.stops.lift(WORKFLOW, ADMINISTRATOR);
        engine.stops.lift(WORKFLOW, APPROVER);
        assertThat(reached().acknowledged()).isFalse();
        answers(false);
        run();
        assertThat(reached().acknowledged()).isTrue();
        engine.clock.advance(Duration.ofHours(1));
        run();
        assertThat(pushes()).isEqualTo(3);
    }

    @Test
    void aConnectorThatStandsStoppedHasNotAcknowledgedTheLift() {
        engine.stops.stop(WORKFLOW, null, OPERATOR);
        engine.stops.lift(WORKFLOW, ADMINISTRATOR);
        engine.stops.lift(WORKFLOW, APPROVER);
        answers(true);

        assertThat(run()).isEqualTo(StopPusher.AFTER_FAILURE);

        assertThat(reached().acknowledged()).isFalse();
    }

    @Test
    void aStopOfAllIsToldAsThat() {
        engine.stops.stop(EmergencyStop.ALL, null, OPERATOR);
        CONNECTOR.stubFor(put("/api/v1/connectors/IntuneConnector_1/stops/%2A").willReturn(okJson("""
                {"origin":"*","stopped":true,"by":"user:olga","decidedAt":"2026-11-23T08:00:00Z"}""")));

        run();

        assertThat(engine.stops.all()).singleElement()
                .satisfies(stop -> assertThat(stop.connectors()).allMatch(EmergencyStop.ConnectorStatus::acknowledged));
    }

    private void answers(boolean stopped) {
        CONNECTOR.stubFor(put(STOP).willReturn(okJson("""
                {"origin":"%s","stopped":%s,"by":"user:olga","decidedAt":"2026-11-23T08:00:00Z"}"""
                .formatted(WORKFLOW, stopped))));
    }

    private int pushes() {
        return CONNECTOR.findAll(putRequestedFor(urlEqualTo(STOP))).size();
    }

    private EmergencyStop.ConnectorStatus reached() {
        return engine.stops.all().getFirst().connectors().getFirst();
    }

    private Duration run() {
        return pusher.run(engine.database.run(StopPushes.LANE, 10));
    }
}
