package io.acmpintune.engine.console.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.client.ClientSearch.Order;
import io.acmpintune.engine.client.ClientSearch.SortKey;

import static org.assertj.core.api.Assertions.assertThat;

class ListStateTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ListState START = ListState.read("W_1", Map.of());

    @Test
    void withoutParametersItIsEveryClientInIntuneByName() {
        assertThat(START).isEqualTo(new ListState("W_1", "", "", "", "", null, State.PRESENT, ListState.BY_NAME, 1));
        assertThat(START.address()).isEqualTo("/console/clients?workflow=W_1");
        assertThat(START.isFiltered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=x", "q=50%25+%26+%7Bmore%7D+%C3%A4%2F%3F", "platform=Windows", "compliance=noncompliant",
            "ownership=personal", "contact=over-month", "state=parked", "state=any", "sort=-contact", "sort=contact",
            "sort=-name", "page=7", "q=a&state=removed&sort=-ownership&page=2"})
    void itsAddressSaysAllOfIt(String query) {
        ListState state = ListState.read("W_1", parameters(query));

        assertThat(state.address()).isEqualTo("/console/clients?workflow=W_1&" + query);
        assertThat(ListState.read("W_1", parameters(state.address().replaceFirst(".*\\?", "")))).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=-1", "page=x", "page=99999999999", "sort=nothing", "sort=-", "state=lost",
            "contact=never", "unknown=1", "q=%00"})
    void whatIsWrongCountsAsNotSaid(String query) {
        assertThat(ListState.read("W_1", parameters(query)).at(1)).isEqualTo(START);
    }

    @Test
    void aColumnSortsFromTheStartAndTurnsAroundTheSecondTime() {
        ListState once = START.at(5).sortedBy(SortKey.CONTACT);

        assertThat(once.order()).isEqualTo(new Order(SortKey.CONTACT, false));
        assertThat(once.page()).isEqualTo(1);
        assertThat(once.sortedBy(SortKey.CONTACT).order()).isEqualTo(new Order(SortKey.CONTACT, true));
        assertThat(START.sortedBy(SortKey.NAME).order()).isEqualTo(new Order(SortKey.NAME, true));
    }

    @Test
    void contactsAreCountedFromNow() {
        assertThat(ListState.read("W_1", Map.of("contact", "week")).filter(NOW).lastSyncSince())
                .isEqualTo(NOW.minus(Duration.ofDays(7)));
        assertThat(ListState.read("W_1", Map.of("contact", "over-week")).filter(NOW).lastSyncBefore())
                .isEqualTo(NOW.minus(Duration.ofDays(7)));
    }

    @Test
    void aVeryLongSearchIsCut() {
        assertThat(ListState.read("W_1", Map.of("q", "x".repeat(5_000))).search()).hasSize(200);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Arrays.stream(query.split("&"))
                .map(part -> part.split("=", 2))
                .forEach(part -> parameters.put(part[0], URLDecoder.decode(part[1], StandardCharsets.UTF_8)));
        return parameters;
    }
}
