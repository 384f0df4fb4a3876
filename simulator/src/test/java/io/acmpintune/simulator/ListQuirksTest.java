package io.acmpintune.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.graph.ListQuirks;

import static io.acmpintune.simulator.GraphClient.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListQuirksTest {

    private static final int SIZE = 40;
    private static final String BY_TEN = DEVICES + "?$top=10&$select=id,lastSyncDateTime,totalStorageSpaceInBytes";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(SIZE));
    private final ListQuirks lists = simulator.tenant().lists();
    private final GraphClient graph = new GraphClient(simulator);

    ListQuirksTest() throws IOException {}

    @AfterEach
    void behave() {
        lists.clear();
        assertThat(ids(graph.all(BY_TEN))).as("an honest list").isEqualTo(simulator.tenant().ids());
    }

    @AfterAll
    void stop() throws IOException {
        simulator.close();
    }

    @Test
    void aLinkCanExpire() {
        String link = link(graph.get(BY_TEN));
        lists.expireLinks(1);
        assertThat(graph.get(BY_TEN).status()).as("the first page has no link to follow").isEqualTo(200);
        Web.Reply refused = graph.link(link);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("BadRequest");
        assertThat(GraphClient.nestedMessage(refused)).isEqualTo("Skip token has expired");
        assertThat(graph.link(link).status()).isEqualTo(200);
    }

    @Test
    void aLinkCanLeadToItsOwnPage() {
        lists.loop();
        String second = link(graph.get(BY_TEN));
        assertThat(link(graph.link(second))).isEqualTo(second);
        assertThat(GraphClient.ids(graph.link(second))).isEqualTo(simulator.tenant().ids().subList(10, 20));
    }

    @Test
    void linksCanContinueForever() {
        lists.neverEnd();
        var links = new HashSet<String>();
        var seen = new ArrayList<String>();
        Web.Reply page = graph.get(BY_TEN);
        for (int i = 0; i < 3 * SIZE / 10; i++) {
            seen.addAll(GraphClient.ids(page));
            assertThat(links.add(link(page))).isTrue();
            page = graph.link(link(page));
        }
        assertThat(seen).hasSize(3 * SIZE);
        assertThat(new HashSet<>(seen)).hasSize(SIZE);
    }

    @Test
    void devicesCanBeOmittedFromLists() {
        List<String> ids = simulator.tenant().ids();
        lists.omit(Set.of(ids.get(3), ids.get(15)));
        assertThat(ids(graph.all(BY_TEN))).hasSize(SIZE - 2).doesNotContain(ids.get(3), ids.get(15));
        assertThat(graph.get(DEVICES + "/" + ids.get(3)).status()).isEqualTo(200);
        assertThat(graph.get(DEVICES + "/$count").text()).isEqualTo("" + SIZE);
    }

    @Test
    void aListCanBeEmpty() {
        lists.showNothing();
        Web.Reply reply = graph.get(BY_TEN);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("value").isEmpty()).isTrue();
        assertThat(reply.json().has("@odata.nextLink")).isFalse();
    }

    @Test
    void rowsCanAppearOnTwoPages() {
        lists.repeatRows();
        List<String> ids = ids(graph.all(BY_TEN));
        assertThat(ids).hasSize(SIZE + 3);
        assertThat(new HashSet<>(ids)).hasSize(SIZE);
        assertThat(ids.get(10)).isEqualTo(ids.get(9));
    }

    @Test
    void rowsCanBeMalformed() {
        String id = simulator.tenant().ids().get(12);
        lists.malform(id,
                Web.MAPPER.createObjectNode().put("lastSyncDateTime", "soon").put("totalStorageSpaceInBytes", "much"),
                Set.of("id"));
        JsonNode row = graph.all(BY_TEN).get(12);
        assertThat(row).isEqualTo(
                Web.MAPPER.readTree("{\"lastSyncDateTime\":\"soon\",\"totalStorageSpaceInBytes\":\"much\"}"));
        assertThat(graph.device(id, "lastSyncDateTime").get("lastSyncDateTime").stringValue()).isEqualTo("soon");
        assertThat(graph.device(id, "id,deviceName").propertyNames()).contains("deviceName").doesNotContain("id");
    }

    @Test
    void supportedFiltersCanBeIgnored() {
        String filter = "operatingSystem eq 'Windows'";
        int windows = graph.filter(filter).json().get("value").size();
        assertThat(windows).isBetween(1, SIZE - 1);
        lists.ignoreFilters();
        assertThat(graph.filter(filter).json().get("value").size()).isEqualTo(SIZE);
    }

    @Test
    void tokensCanBeRevokedDuringAScan() {
        var scanning = new GraphClient(simulator);
        lists.revokeTokensAfter(2);
        String third = link(scanning.link(link(scanning.get(BY_TEN))));
        Web.Reply refused = scanning.link(third);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("error").get("code").stringValue()).isEqualTo("InvalidAuthenticationToken");
        assertThat(new GraphClient(simulator).link(third).status()).as("a new token goes on").isEqualTo(200);
        assertThat(graph.get(BY_TEN).status()).as("all tokens before are void").isEqualTo(401);
        graph.renew();
    }

    @Test
    void tokensCanBeRevokedImmediately() {
        simulator.entra().revokeTokens();
        assertThat(graph.get(BY_TEN).status()).isEqualTo(401);
        graph.renew();
        assertThat(graph.get(BY_TEN).status()).isEqualTo(200);
    }

    private static String link(Web.Reply page) {
        return page.json().get("@odata.nextLink").stringValue();
    }

    private static List<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("id").stringValue()).toList();
    }
}
