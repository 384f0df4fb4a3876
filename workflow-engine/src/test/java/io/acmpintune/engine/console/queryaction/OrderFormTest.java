package io.acmpintune.engine.console.queryaction;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.engine.queryaction.QueryActionRequest;

import static org.assertj.core.api.Assertions.assertThat;

class OrderFormTest {

    private static final SignedInPerson OLGA = new SignedInPerson("user:olga", "Olga Ortmann");

    @Test
    void clientsComeOneByOneOrAllInOneTextAndEachOnce() {
        assertThat(form(List.of("a", "b, c", "", "a"), null).clients()).containsExactly("a", "b", "c");
        assertThat(form(null, null).clients()).isEmpty();
    }

    @Test
    void aBoxThatIsNotTickedIsFalseAndNotMissing() {
        QueryActionRequest.Parameters parameters = form(List.of("a"), null).request(QueryAction.WIPE, "Mobile_1", OLGA)
                .parameters();

        assertThat(parameters).isEqualTo(
                new QueryActionRequest.Parameters(null, null, true, false, false, null, null));
    }

    @Test
    void theLineEndsOfBrowsersCountAsOneCharacter() {
        QueryActionRequest request = form(List.of("a"), null).request(QueryAction.SEND_NOTIFICATION, "Mobile_1", OLGA);

        assertThat(request.parameters()).isEqualTo(
                new QueryActionRequest.Parameters("Hello", "two\nlines", null, null, null, null, null));
        assertThat(request.requestedBy()).isEqualTo("Olga Ortmann");
    }

    @ParameterizedTest
    @CsvSource(value = {"12|12", "' 12 '|12", "1,220|1220", "1.220|1220", "1 220|1220", "''|null", "twelve|null",
            "99999999999|null", "null|null"}, delimiter = '|', nullValues = "null")
    void theTypedCountMayBeGroupedAndWhatIsNoNumberIsMissing(@Nullable String typed, @Nullable Integer count) {
        assertThat(form(List.of("a"), typed).request(QueryAction.RETIRE, "Mobile_1", OLGA).confirmedCount())
                .isEqualTo(count);
    }

    @Test
    void theUnlockCodeIsNotToldByAccident() {
        assertThat(form(List.of("a"), null)).hasToString("OrderForm[…]");
    }

    private static OrderForm form(@Nullable List<@Nullable String> client, @Nullable String count) {
        return new OrderForm(client, "key", "Hello", "two\r\nlines", true, null, false, " ", null, true, count);
    }
}
