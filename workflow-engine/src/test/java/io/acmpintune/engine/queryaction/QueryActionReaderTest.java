package io.acmpintune.engine.queryaction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.job.ClientSet;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.job.QueryAction;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryActionReaderTest {

    private static final List<String> WORKFLOWS = List.of("IntuneMobileDevices_1", "IntuneMobileDevices_2");
    private static final String GUID = "{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
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

        assertThat(errors(plain("Explode", "Nobody_1", ids, " "))).containsExactly(
                new FieldError("queryAction",
                        "'Explode' is not an action of this version; set one of " + QueryAction.names()),
                new FieldError("workflow",
                        "there is no workflow 'Nobody_1'; set one of IntuneMobileDevices_1, IntuneMobileDevices_2"),
                new FieldError("clientIds[1]", "is not a GUID such as " + GUID),
                new FieldError("clientIds[2]", "is not a GUID such as " + GUID),
                new FieldError("clientIds[3]", "is not a GUID such as " + GUID),
                new FieldError("requestedBy", "must name the operator with 1 to 200 printable characters"));
    }

    @Test
    void anEmptyRequestNamesAllItLacks() {
        assertThat(errors(plain(null, null, null, null))).extracting(FieldError::field)
                .containsExactly("queryAction", "workflow", "clientIds", "requestedBy");
        assertThat(errors(plain("", "", List.of(), ""))).extracting(FieldError::field)
                .containsExactly("queryAction", "workflow", "clientIds", "requestedBy");
    }

    @Test
    void moreThanTenThousandClientsAreRefusedAndTenThousandTaken() {
        List<@Nullable String> most = new ArrayList<>(
                IntStream.range(0, 10_000).mapToObj(i -> new UUID(5, i + 1).toString()).toList());
        assertThat(QueryActionReader.read(
                plain("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), most, "anna"), WORKFLOWS)
                .clients()).hasSize(10_000);

        most.add(GUID);
        assertThat(errors(plain("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), most, "anna")))
                .containsExactly(
                        new FieldError("clientIds", "has 10001 entries; at most 10000 are taken at once"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u001B[31m"})
    void aNameWithControlCharactersIsRefusedBecauseItWouldReachDatabaseAndLog(String name) {
        assertThat(
                errors(plain("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), List.of(GUID), name)))
                .extracting(FieldError::field)
                .containsExactly("requestedBy");
    }

    @Test
    void aTooLongNameIsRefused() {
        assertThat(errors(plain("SynchronizeIntuneDevices", WORKFLOWS.getFirst(), List.of(GUID),
                "x".repeat(201)))).extracting(FieldError::field).containsExactly("requestedBy");
    }

    @Test
    void nothingIsSaidToBeReachedWhenARequestIsWrong() {
        assertThat(problem(plain(null, null, null, null))).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID_QUERY_ACTION);
            assertThat(problem.detail()).contains("4 wrong fields").contains("no device was reached");
        });
    }

    @Test
    void whatTakesSomethingAwayWantsToBeConfirmedWithTheNumberOfDevices() {
        String two = "\"clientIds\":[\"" + GUID + "\",\"" + new UUID(1, 2) + "\",\"" + GUID + "\"]";

        for (String action : List.of("WipeIntuneDevices", "RetireIntuneDevices")) {
            assertThat(errors(json(action, two))).extracting(FieldError::field)
                    .containsExactly("confirmed", "confirmedCount");
            assertThat(errors(json(action, two + ",\"confirmed\":false,\"confirmedCount\":3")))
                    .extracting(FieldError::field)
                    .containsExactly("confirmed", "confirmedCount");
            assertThat(QueryActionReader.read(json(action, two + ",\"confirmed\":true,\"confirmedCount\":2"),
                    WORKFLOWS).clients()).hasSize(2);
        }
        assertThat(QueryActionReader.read(json("RemotelyLockIntuneDevices", two), WORKFLOWS).queryAction())
                .isEqualTo(QueryAction.REMOTE_LOCK);
    }

    @Test
    void aFilterIsReadWithTheClientsThatArePreviewed() {
        JobOrder order = QueryActionReader.read(
                json("WipeIntuneDevices",
                        """
                                "filter":{"search":"lab","operatingSystem":"Windows","clientType":"ctWindows","compliance":"noncompliant",
                                "ownership":"company","lastSyncSince":"2026-01-01T00:00:00Z","lastSyncBefore":"2026-11-01T00:00:00Z",
                                "state":"waiting"},
                                "clientSet":"7-%s","confirmed":true,"confirmedCount":7,
                                "parameters":{"keepUserData":true,"macOsUnlockCode":"123456"},"justification":" lost "
                                """
                                .formatted(DIGEST)),
                WORKFLOWS);

        assertThat(order.filter()).isEqualTo(new ClientFilter("lab", "Windows", "ctWindows", "noncompliant", "company",
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"),
                ClientFilter.State.WAITING));
        assertThat(order.clientSet()).isEqualTo(new ClientSet(7, DIGEST));
        assertThat(order.clients()).isEmpty();
        assertThat(order.wipe()).isEqualTo(new WipeOptions(false, true, false, "123456"));
        assertThat(order.justification()).isEqualTo("lost");
    }

    @Test
    void everyWrongFieldOfAFilterAndOfTheParametersIsNamed() {
        assertThat(errors(json("WipeIntuneDevices",
                """
                        "filter":{"workflow":"IntuneMobileDevices_2","search":"","complience":"x","ownership":"nobody","state":"gone",
                        "lastSyncBefore":"yesterday"},"clientIds":["%s"],"clientSet":"9","confirmed":true,"confirmedCount":9,
                        "parameters":{"title":"t","macOsUnlockCode":"canary","colour":1},"confirm":true
                        """
                        .formatted(GUID))))
                .extracting(FieldError::field)
                .containsExactly("filter.workflow", "clientIds", "filter.search", "filter.ownership",
                        "filter.lastSyncBefore", "filter.state", "filter.complience", "clientSet",
                        "parameters.title",
                        "parameters.macOsUnlockCode", "parameters.colour", "confirmedCount", "confirm");
    }

    @Test
    void anUnlockCodeIsRepeatedNowhere() {
        QueryActionRequest request = json("WipeIntuneDevices", """
                "clientIds":["%s"],"confirmed":true,"confirmedCount":1,"parameters":{"macOsUnlockCode":"canary"}
                """.formatted(GUID));

        assertThat(problem(request).toString() + request).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {"null|null", "''|' '", "51|501"})
    void aNotificationNeedsTitleAndBodyWithinIntunesLengths(@Nullable String title, @Nullable String body) {
        assertThat(errors(notification(lengthened(title), lengthened(body)))).extracting(FieldError::field)
                .containsExactly("parameters.title", "parameters.body");
        assertThat(QueryActionReader.read(notification("t".repeat(50), "b".repeat(500)), WORKFLOWS).notification())
                .isEqualTo(new Notification("t".repeat(50), "b".repeat(500)));
    }

    @Test
    void aPreviewNeedsNeitherOperatorNorClientSetNorConfirmation() {
        QueryActionRequest request = JsonMapper.shared().readValue("""
                {"queryAction":"WipeIntuneDevices","workflow":"IntuneMobileDevices_1","filter":{}}
                """, QueryActionRequest.class);

        assertThat(QueryActionReader.readForPreview(request, WORKFLOWS).clientSet()).isNull();
        assertThat(errors(request)).extracting(FieldError::field)
                .containsExactly("clientSet", "requestedBy", "confirmed", "confirmedCount");
    }

    @Test
    void aPreviewNeedsNotToKnowWhatTheActionIsDoneWithButReadsWhatIsGiven() {
        QueryActionRequest open = JsonMapper.shared().readValue("""
                {"queryAction":"SendIntuneNotification","workflow":"IntuneMobileDevices_1","clientIds":["%s"]}
                """.formatted(GUID), QueryActionRequest.class);
        QueryActionRequest given = JsonMapper.shared()
                .readValue(
                        """
                                {"queryAction":"SendIntuneNotification","workflow":"IntuneMobileDevices_1","clientIds":["%s"],"parameters":{"title":"x"}}
                                """
                                .formatted(GUID),
                        QueryActionRequest.class);

        assertThat(QueryActionReader.readForPreview(open, WORKFLOWS).clients()).hasSize(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> QueryActionReader.readForPreview(given, WORKFLOWS))
                .satisfies(refused -> assertThat(refused.problem().errors()).extracting(FieldError::field)
                        .containsExactly("parameters.body"));
        assertThat(errors(open)).extracting(FieldError::field)
                .contains("parameters.title", "parameters.body");
    }

    private static @Nullable String lengthened(@Nullable String text) {
        return text == null || text.isBlank() ? text : "x".repeat(Integer.parseInt(text));
    }

    private static QueryActionRequest notification(@Nullable String title, @Nullable String body) {
        return new QueryActionRequest("SendIntuneNotification", WORKFLOWS.getFirst(), List.of(GUID), null, null,
                new QueryActionRequest.Parameters(title, body, null, null, null, null, null), "anna", null, null, null,
                null);
    }

    private static QueryActionRequest request(String action, @Nullable String workflow, String... ids) {
        return plain(action, workflow, List.of(ids), " CONTOSO\\anna ");
    }

    private static QueryActionRequest plain(@Nullable String action, @Nullable String workflow,
            @Nullable List<@Nullable String> ids, @Nullable String requestedBy) {
        return new QueryActionRequest(action, workflow, ids, null, null, null, requestedBy, null, null, null, null);
    }

    /** A request as it comes over HTTP, for all clients that fit or for one, with what the test adds. */
    private static QueryActionRequest json(String action, String rest) {
        return JsonMapper.shared().readValue("""
                {"queryAction":"%s","workflow":"IntuneMobileDevices_1","requestedBy":"anna",%s}
                """.formatted(action, rest), QueryActionRequest.class);
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
