package io.acmpintune.engine.queryaction;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryActionReaderTest {

    private static final List<String> WORKFLOWS = List.of("IntuneMobileDevices_1", "IntuneMobileDevices_2");
    private static final String GUID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";
    private static final UUID CLIENT = UUID.fromString("b03d2ccd-adc1-4b9d-bdb8-87564b94030c");

    @Test
    void aRequestBecomesAnOrder() {
        JobOrder order = QueryActionReader.read(request("SynchronizeIntuneDevices", "IntuneMobileDevices_2", GUID),
                WORKFLOWS);

        assertThat(order).isEqualTo(
                new JobOrder("IntuneMobileDevices_2", QueryAction.SYNCHRONIZE, List.of(CLIENT), "CONTOSO\\anna"));
    }

    @ParameterizedTest
    @ValueSource(strings = {GUID, "B03D2CCD-ADC1-4B9D-BDB8-87564B94030C", "b03d2ccd-adc1-4b9d-bdb8-87564b94030c",
            " {b03d2ccd-adc1-4b9d-bdb8-87564b94030c} "})
    void clientIdsAreReadWithAndWithoutBracesInEitherCase(String id) {
        assertThat(QueryActionReader.read(request("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), id), WORKFLOWS)
                .clients()).containsExactly(CLIENT);
    }

    @Test
    void aClientThatIsNamedTwiceIsMeantOnceAndTheOrderStays() {
        UUID other = new UUID(1, 2);
        JobOrder order = QueryActionReader.read(request("SynchronizeIntuneDevices", WORKFLOWS.getFirst(),
                other.toString(), GUID, CLIENT.toString(), other.toString()), WORKFLOWS);

        assertThat(order.clients()).containsExactly(other, CLIENT);
    }

    @Test
    void theWorkflowMayBeLeftOutWhereThereIsOne() {
        assertThat(QueryActionReader
                .read(request("SynchronizeIntuneDevices", null, GUID), List.of("IntuneMobileDevices_1"))
                .workflow()).isEqualTo("IntuneMobileDevices_1");
    }

    @Test
    void theWorkflowMayNotBeLeftOutWhereThereAreSeveral() {
        assertThat(errors(request("SynchronizeIntuneDevices", null, GUID))).containsExactly(new FieldError("workflow",
                "is missing, and there are several; set one of IntuneMobileDevices_1, IntuneMobileDevices_2"));
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        List<@Nullable String> ids = new ArrayList<>(List.of(GUID, "nonsense"));
        ids.add(null);
        ids.add("00000000-0000-0000-0000-000000000000");

        assertThat(errors(new QueryActionRequest("Explode", "Nobody_1", ids, " "))).containsExactly(
                new FieldError("queryAction",
                        "'Explode' is not an action of this version; set one of SynchronizeIntuneDevices"),
                new FieldError("workflow",
                        "there is no workflow 'Nobody_1'; set one of IntuneMobileDevices_1, IntuneMobileDevices_2"),
                new FieldError("clientIds[1]", "is not a GUID such as " + GUID),
                new FieldError("clientIds[2]", "is not a GUID such as " + GUID),
                new FieldError("clientIds[3]", "is not a GUID such as " + GUID),
                new FieldError("requestedBy", "must name the operator with 1 to 200 printable characters"));
    }

    @Test
    void anEmptyRequestNamesAllItLacks() {
        assertThat(errors(new QueryActionRequest(null, null, null, null))).extracting(FieldError::field)
                .containsExactly("queryAction", "workflow", "clientIds", "requestedBy");
        assertThat(errors(new QueryActionRequest("", "", List.of(), ""))).extracting(FieldError::field)
                .containsExactly("queryAction", "workflow", "clientIds", "requestedBy");
    }

    @Test
    void moreThanTenThousandClientsAreRefusedAndTenThousandTaken() {
        List<@Nullable String> most = new ArrayList<>(
                IntStream.range(0, 10_000).mapToObj(i -> new UUID(5, i + 1).toString()).toList());
        assertThat(QueryActionReader.read(
                new QueryActionRequest("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), most, "anna"), WORKFLOWS)
                .clients()).hasSize(10_000);

        most.add(GUID);
        assertThat(errors(new QueryActionRequest("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), most, "anna")))
                .containsExactly(
                        new FieldError("clientIds", "has 10001 entries; at most 10000 are taken at once"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u001B[31m"})
    void aNameWithControlCharactersIsRefusedBecauseItWouldReachDatabaseAndLog(String name) {
        assertThat(
                errors(new QueryActionRequest("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), List.of(GUID), name)))
                .extracting(FieldError::field)
                .containsExactly("requestedBy");
    }

    @Test
    void aTooLongNameIsRefused() {
        assertThat(errors(new QueryActionRequest("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), List.of(GUID),
                "x".repeat(201)))).extracting(FieldError::field).containsExactly("requestedBy");
    }

    @Test
    void nothingIsSaidToBeReachedWhenARequestIsWrong() {
        assertThat(problem(new QueryActionRequest(null, null, null, null))).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.kind()).isEqualTo("invalid-query-action");
            assertThat(problem.detail()).contains("4 wrong field(s)").contains("no device was reached");
        });
    }

    private static QueryActionRequest request(String action, @Nullable String workflow, String... ids) {
        return new QueryActionRequest(action, workflow, List.of(ids), " CONTOSO\\anna ");
    }

    private static List<FieldError> errors(QueryActionRequest request) {
        List<FieldError> errors = problem(request).errors();
        return errors == null ? List.of() : errors;
    }

    private static Problem problem(QueryActionRequest request) {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> QueryActionReader.read(request, WORKFLOWS))
                .actual()
                .problem();
    }
}
