package io.acmpintune.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.graph.RequestLimits;
import io.acmpintune.simulator.graph.RequestLimits.RetryAfter;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {

    private static final String IPHONE = "0b7d1e34-6a9f-4e6f-b7aa-0c6d7c1b2a05";
    private static final String PC = "2d6f4c1b-7a55-4c58-9d0b-0c6d7c1b2a02";

    private final TestClock clock = new TestClock();
    private Simulator simulator;
    private GraphClient graph;

    @BeforeEach
    void start() throws IOException {
        start(RequestLimits.enforced(RetryAfter.SECONDS));
    }

    @AfterEach
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void anApplicationCanWrite200TimesIn20Seconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(batch(20)).hasSize(20).allMatch(item -> item.get("status").intValue() == 204);
        }
        Web.Reply refused = graph.sync(IPHONE);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("20");
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("TooManyRequests");
        assertThat(refused.json().get("error").get("message").stringValue()).isEqualTo("An error has occurred.");
        assertThat(simulator.tenant().totalExecutions("syncDevice")).isEqualTo(200);
        assertThat(graph.get(DEVICES).status()).as("reading has a limit of its own").isEqualTo(200);
        assertThat(simulator.graphResponses()).containsEntry(429, 1L).containsEntry(204, 200L).containsEntry(200, 11L);
    }

    @Test
    void onlySingleItemsOfABatchAreThrottled() {
        for (int i = 0; i < 195; i++) {
            assertThat(graph.sync(IPHONE).status()).isEqualTo(204);
        }
        List<JsonNode> items = batch(20);

        assertThat(items).filteredOn(item -> item.get("status").intValue() == 204).hasSize(5);
        assertThat(items).filteredOn(item -> item.get("status").intValue() == 429)
                .hasSize(15)
                .allSatisfy(item -> assertThat(item.get("headers").get("Retry-After").stringValue()).isEqualTo("20"));
        assertThat(simulator.tenant().totalExecutions("syncDevice")).isEqualTo(200);
    }

    @Test
    void theWindowSlides() {
        writes(100);
        clock.advance(Duration.ofSeconds(10));
        writes(100);
        clock.advance(Duration.ofSeconds(9));
        assertThat(graph.sync(IPHONE).header("Retry-After")).as("until the first hundred leave the window")
                .isEqualTo("1");
        clock.advance(Duration.ofSeconds(1));
        writes(99);
        assertThat(graph.sync(IPHONE).status()).as("the refused one has counted").isEqualTo(429);
    }

    @Test
    void anApplicationCanSend2000RequestsIn20Seconds() {
        for (int i = 0; i < 100; i++) {
            assertThat(batch("GET", 20)).allMatch(item -> item.get("status").intValue() == 200);
        }
        assertThat(graph.get(DEVICES).status()).isEqualTo(429);
        assertThat(graph.sync(IPHONE).status()).isEqualTo(429);
        clock.advance(Duration.ofSeconds(20));
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
    }

    @Test
    void requestsOfOthersCountAgainstTheTenant() {
        simulator.throttle().countOthers(399, 0);
        assertThat(graph.sync(IPHONE).status()).isEqualTo(204);
        assertThat(graph.sync(IPHONE).status()).isEqualTo(429);
        assertThat(graph.get(DEVICES).status()).isEqualTo(200);
        simulator.throttle().countOthers(0, 4000);
        assertThat(graph.get(DEVICES).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @EnumSource(RetryAfter.class)
    void retryAfterHasManyForms(RetryAfter form) throws IOException {
        simulator.close();
        start(RequestLimits.enforced(form));
        writes(1);
        clock.advance(Duration.ofMillis(1250));
        writes(199);
        String header = graph.sync(IPHONE).header("Retry-After");
        switch (form) {
            case SECONDS -> assertThat(header).isEqualTo("20");
            case FRACTION -> assertThat(header).isEqualTo("20.000");
            case DATE -> {
                Instant when = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                assertThat(when).isBetween(clock.instant().plusSeconds(20), clock.instant().plusSeconds(21));
            }
            case OMITTED -> assertThat(header).isEmpty();
        }
    }

    @Test
    void aFractionHasMilliseconds() throws IOException {
        simulator.close();
        start(RequestLimits.enforced(RetryAfter.FRACTION));
        writes(2);
        clock.advance(Duration.ofMillis(1250));
        writes(198);
        assertThat(graph.sync(IPHONE).header("Retry-After")).isEqualTo("18.750");
    }

    @Test
    void limitsCanBeOff() throws IOException {
        simulator.close();
        start(RequestLimits.off());
        writes(401);
    }

    @Test
    void aTenantHas500WipesAnd1000RetirementsADay() {
        simulator.tenant().limitDaily("wipe", 2);
        wipes(2);
        Web.Reply refused = graph.act("v1.0", PC, "wipe", Map.of("keepUserData", true));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
        assertThat(GraphClient.nestedMessage(refused)).contains("daily limit");
        assertThat(simulator.tenant().totalExecutions("wipe")).isEqualTo(2);
        assertThat(graph.act(IPHONE, "retire").status()).as("a limit of its own").isEqualTo(204);
        clock.advance(Duration.ofHours(24));
        wipes(1);
    }

    @Test
    void theDailyLimitsAreMicrosoftsUnlessChanged() throws IOException {
        simulator.close();
        start(RequestLimits.off());
        wipes(500);
        assertThat(graph.act("v1.0", PC, "wipe", Map.of("keepUserData", true)).status()).isEqualTo(400);
    }

    @Test
    void aDailyLimitUsesUpNoApproval() {
        simulator.tenant().limitDaily("wipe", 0);
        simulator.tenant().protect(Set.of("wipe"), ApprovalStyle.observed());
        assertThat(graph.act("v1.0", PC, "wipe", Map.of(), Map.of("x-msft-approval-justification", "bG9zdA=="))
                .status()).isEqualTo(400);
        assertThat(simulator.tenant().approvals()).isEmpty();
    }

    private void start(RequestLimits limits) throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults()
                .withDevices(6)
                .withClock(clock)
                .withTokenLifetime(Duration.ofDays(2))
                .withCheckInDelay(Duration.ofDays(9), Duration.ofDays(9))
                .withLimits(limits));
        graph = new GraphClient(simulator);
    }

    private void writes(int number) {
        for (int i = 0; i < number; i++) {
            assertThat(graph.sync(IPHONE).status()).as("write " + i).isEqualTo(204);
        }
    }

    private void wipes(int number) {
        for (int i = 0; i < number; i++) {
            assertThat(graph.act("v1.0", PC, "wipe", Map.of("keepUserData", true)).status()).isEqualTo(204);
        }
    }

    private List<JsonNode> batch(int items) {
        return batch("POST", items);
    }

    private List<JsonNode> batch(String method, int number) {
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < number; i++) {
            boolean post = method.equals("POST");
            String url = DEVICES + "/" + IPHONE + (post ? "/syncDevice" : "?$select=id");
            items.add(post
                    ? Map.of("id", "" + i, "method", "POST", "url", url, "headers",
                            Map.of("Content-Type", "application/json"), "body", Map.of())
                    : Map.of("id", "" + i, "method", "GET", "url", url));
        }
        Web.Reply reply = graph.batch(Map.of("requests", items));
        assertThat(reply.status()).isEqualTo(200);
        var responses = new ArrayList<JsonNode>();
        reply.json().get("responses").forEach(responses::add);
        return responses;
    }
}
