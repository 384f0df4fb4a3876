package io.acmpintune.engine.console;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.Fleet;
import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.queryaction.QueryActionRequest;
import io.acmpintune.engine.queryaction.QueryActions;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.browser.Chromium;
import io.acmpintune.runtime.browser.Chromium.Look;
import io.acmpintune.runtime.browser.Chromium.Visit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What people do to devices, and to what others did, in a browser. No connector answers: what is started stays queued. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class ActionsBrowserTest {

    private static final String WORKFLOW = "?workflow=" + TestWorkflows.NAME;

    private final Fleet fleet;
    private final JdbcClient jdbc;
    private final QueryActions queryActions;
    private final Jobs jobs;
    private final int port;
    private Chromium chromium;

    ActionsBrowserTest(@Autowired JdbcClient jdbc, @Autowired QueryActions queryActions, @Autowired Jobs jobs,
            @LocalServerPort int port) {
        this.fleet = new Fleet(jdbc, TestWorkflows.NAME);
        this.jdbc = jdbc;
        this.queryActions = queryActions;
        this.jobs = jobs;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
    }

    @BeforeAll
    void begin() {
        chromium = Chromium.at(port, People.PASSWORD);
        fleet.insert(160);
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    // ---- each page, looked at

    @ParameterizedTest
    @ValueSource(strings = {"order-notification", "order-wipe", "jobs", "job", "target", "approvals", "approval",
            "emergency-stop", "client-actions"})
    void everyPageIsInOrderHoweverItIsLookedAt(String name) {
        chromium.walk("anna", address(name), name);
    }

    private String address(String name) {
        return switch (name) {
            case "order-notification" -> "/console/actions/send-notification" + WORKFLOW + chosen(1, 12);
            case "order-wipe" -> "/console/actions/wipe" + WORKFLOW + chosen(58, 64);
            case "jobs" -> {
                halfDone();
                yield "/console/jobs" + WORKFLOW;
            }
            case "job" -> "/console/jobs/" + halfDone() + WORKFLOW;
            case "target" -> "/console/jobs/" + halfDone() + "/targets/" + undecided() + WORKFLOW;
            case "approvals" -> {
                wipe("token:acmp", 1, 2, 3);
                yield "/console/approvals" + WORKFLOW;
            }
            case "approval" -> "/console/approvals/" + wipe("token:acmp", 71, 72, 73) + WORKFLOW;
            case "client-actions" -> {
                halfDone();
                yield "/console/clients/" + fleet.id(22) + WORKFLOW;
            }
            default -> "/console/" + name + WORKFLOW;
        };
    }

    // ---- selection and query actions

    @Test
    void clientsOfTwoPagesAreSelectedAndNotified() {
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/clients" + WORKFLOW);
            assertThat(button(page, "Send notification")).isDisabled();
            page.locator(".clients tbody input").first().check();
            page.locator("#page-next").click();
            assertThat(page.locator("#page-2")).hasAttribute("aria-current", "page");
            page.locator(".clients tbody input").nth(2).check();
            assertThat(page.locator(".selected")).hasText("2 selected");
            page.getByLabel("Platform").first().selectOption("macOS");
            assertThat(page.locator(".clients tbody tr")).hasCount(16);
            assertThat(page.locator(".selected")).hasText("2 selected");
            page.locator("#pick-page").check();
            assertThat(page.locator(".selected")).hasText("18 selected");
            page.locator("#pick-page").uncheck();
            page.reload();
            assertThat(page.locator(".selected")).hasText("2 selected");

            button(page, "Send notification").click();

            assertThat(page.locator(".reach")).hasText("2 of 2 clients reached");
            page.getByLabel("Title").fill("Maintenance");
            assertThat(page.locator("#title-length")).hasText("11 of 50 characters");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Cancel")))
                    .hasAttribute("href", Pattern.compile("/console/clients\\?.*platform=macOS.*"));
            page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Text").setExact(true))
                    .fill("Tonight at ten.\nPlease plug in.");
            assertThat(page.locator("#body-length")).hasText("31 of 500 characters");
            button(page, "Send to 2 devices").click();

            assertThat(page).hasURL(Pattern.compile(".*/console/jobs/[0-9a-f-]{36}\\?workflow=.*"));
            assertThat(page.locator(".notice.good")).containsText("The job is started");
            assertThat(page.locator("#job tbody tr")).hasCount(2);
            assertThat(page.locator("#job .lines")).hasText("Tonight at ten.\nPlease plug in.");
            page.navigate("/console/clients" + WORKFLOW);
            assertThat(page.locator(".selected")).hasText("No client selected");
            visit.assertInOrder();
            page.locator(".clients tbody input").first().check();
            visit.pictures("clients-selected");
        }
    }

    @Test
    void allThatFitAreSelectedAtOnceAndSentTooManyForAnAddress() {
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/clients" + WORKFLOW);
            button(page, "Select all 158 that fit").click();
            assertThat(page.locator(".selected")).hasText("158 selected");

            button(page, "Synchronize").click();

            assertThat(page.locator(".reach")).hasText("158 of 158 clients reached");
            assertThat(page).hasURL(Pattern.compile(".*/console/actions/synchronize$"));
            button(page, "Synchronize 158 devices").click();
            assertThat(page.locator("#outcome-all")).containsText("158");
            visit.assertInOrder();
        }
    }

    @Test
    void aFormThatIsSentTwiceIsOneJob() {
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/actions/remote-lock" + WORKFLOW + chosen(44, 45));

            Object answers = page.evaluate(
                    """
                            () => {
                                const form = document.querySelector("form.once");
                                const send = () => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
                                return Promise.all([send(), send(), send()]).then((all) => new Set(all.map((one) => one.url)).size);
                            }
                            """);

            assertThat(answers).isEqualTo(1);
            assertThat(count("REMOTE_LOCK")).isEqualTo(1);
        }
    }

    @Test
    void aNotificationWithoutATitleIsToldSoAtItsFieldAndKeepsItsText() {
        try (Visit visit = chromium.visit(Look.TABLET, "olga")) {
            Page page = visit.go("/console/actions/send-notification" + WORKFLOW + chosen(4, 4));
            page.locator("#title").fill("   ");
            page.locator("#body").fill("Nur Text");

            button(page, "An 1 Gerät senden").click();

            assertThat(page.locator("#title-wrong")).hasText("Ein Titel mit 1 bis 50 Zeichen ist nötig.");
            assertThat(page.locator("#title")).hasAttribute("aria-invalid", "true");
            assertThat(page.locator("#body-wrong")).isHidden();
            assertThat(page.locator("#body")).hasValue("Nur Text");
        }
    }

    // ---- jobs

    @Test
    void aJobsPageFollowsItByItself() {
        UUID job = wipe("token:acmp", 91, 92, 93);
        try (Visit visit = chromium.visit(Look.DESK, "vera")) {
            Page page = visit.go("/console/jobs/" + job + WORKFLOW + "&state=queued");
            assertThat(page.locator("#job .badge").first()).hasText("Waits for approval");
            assertThat(button(page, "Cancel job")).hasCount(0);

            jobs.cancel(job, "token:acmp");

            assertThat(page.locator("#job .badge").first()).hasText("Cancelled");
            assertThat(page.locator("#job tbody")).containsText("No device of this job stands so.");
            visit.assertInOrder();
        }
    }

    @Test
    void whatFailedIsExportedAndTakenUpAgain() {
        UUID job = halfDone();
        jdbc.sql("update job set state = 'FINISHED', finished_at = now() where id = :job").param("job", job).update();
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/jobs/" + job + WORKFLOW);
            assertThat(page.request().get("/console/jobs/" + job + "/targets.csv").text())
                    .contains("iPhone-00034", "The device answered that it is busy.");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Retry what failed")).click();
            assertThat(page.locator(".reach")).hasText("1 of 1 client reached");

            button(page, "Synchronize 1 device").click();

            assertThat(page.locator("#job .facts")).containsText("An earlier job");
            assertThat(page.locator("#job tbody")).containsText("iPhone-00034");
            UUID inAcmp = UUID.randomUUID();
            jdbc.sql("update acknowledgement set acmp_client_id = :inAcmp, origin = 'LINKED' where client_id = :client")
                    .param("inAcmp", inAcmp)
                    .param("client", fleet.id(34))
                    .update();
            page.navigate("/console/clients/" + inAcmp + WORKFLOW);
            assertThat(page.locator("h1")).hasText("iPhone-00034");
            assertThat(page.locator("main")).containsText("The device answered that it is busy.");
            visit.assertInOrder();
        }
    }

    // ---- four eyes

    @Test
    void aWipeWantsItsCountTypedAndASecondPersonInTheirLanguage() {
        String approval;
        try (Visit olga = chromium.visit(Look.DESK, "olga")) {
            Page page = olga.go("/console/actions/wipe" + WORKFLOW + chosen(40, 42));
            assertThat(page.locator(".notice.warn")).containsText("Another person has to approve it");
            page.getByLabel("Keep the files of the user").check();
            page.locator("#confirmed").check();
            page.locator("#confirmedCount").fill("2");
            button(page, "Ask for approval for 3 devices").click();
            assertThat(page.locator("#confirmedCount-wrong"))
                    .hasText("The number must be 3, that of the clients chosen.");
            assertThat(page.getByLabel("Keep the files of the user")).isChecked();
            page.locator("#confirmedCount").fill("3");
            page.locator("#justification").fill("Stolen in Berlin");

            button(page, "Ask for approval for 3 devices").click();

            assertThat(page.locator("#job .badge").first()).hasText("Waits for approval");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("To the request")).click();
            assertThat(page.locator(".notice.warn")).containsText("Not you: another person has to decide");
            approval = page.url();
        }
        try (Visit paul = chromium.visit(Look.TABLET, "paul")) {
            Page page = paul.go("/console/approvals" + WORKFLOW);
            assertThat(page.locator(".sections .count")).isVisible();
            page.navigate(approval);
            assertThat(page.locator("main")).containsText("Stolen in Berlin");
            paul.pictures("approval-to-be-decided");
            page.locator("#reason").fill("Mit der Polizei geklärt");
            button(page, "Für 3 Geräte genehmigen").click();
            assertThat(page.locator(".facts .badge").first()).hasText("Genehmigt");
            assertThat(page.locator("main")).containsText("Mit der Polizei geklärt");
            paul.assertInOrder();
        }
    }

    @Test
    void aJobIsCancelledAfterAQuestion() {
        UUID job = wipe("token:acmp", 81, 82, 83);
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/jobs/" + job + WORKFLOW);
            button(page, "Cancel job").click();

            button(page, "Cancel it").click();

            assertThat(page.locator("#job .badge").first()).hasText("Cancelled");
            assertThat(page.locator(".notice.good")).containsText("The job is cancelled");
            visit.assertInOrder();
        }
    }

    @Test
    void anEmergencyStopIsSeenEverywhereAndLiftedByTwo() {
        try (Visit olga = chromium.visit(Look.DESK, "olga")) {
            Page page = olga.go("/console/jobs" + WORKFLOW);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Emergency stop").setExact(true)).click();
            page.getByLabel("Why").fill("A script runs wild");
            page.getByLabel("I want to stop").check();
            button(page, "Stop").click();

            assertThat(page.locator(".stopped")).containsText("Everything is stopped");
            page.navigate("/console/clients" + WORKFLOW);
            assertThat(page.locator(".stopped")).containsText("A script runs wild");
            page.locator(".stopped a").click();
            assertThat(page.locator(".connectors")).containsText("has not acknowledged yet");
            assertThat(page.locator(".turn")).containsText("an administrator has to");
            olga.pictures("emergency-stopped");
            olga.assertInOrder();
            olga.assertAccessible();
        }
        try (Visit adam = chromium.visit(Look.DESK, "adam")) {
            Page page = adam.go("/console/emergency-stop" + WORKFLOW);
            button(page, "Ask for it to be lifted").click();
            assertThat(page.locator(".turn")).containsText("another person has to confirm it");
            assertThat(page.locator(".stopped")).isVisible();
        }
        try (Visit paul = chromium.visit(Look.TABLET, "paul")) {
            Page page = paul.go("/console/emergency-stop" + WORKFLOW);
            assertThat(page.locator(".turn")).containsText("Adam Albrecht hat es beantragt");
            button(page, "Bestätigen und aufheben").click();
            assertThat(page.locator(".stopped")).hasCount(0);
            assertThat(page.locator(".notice.good")).containsText("Der Halt ist aufgehoben");
            paul.assertInOrder();
        }
    }

    @Test
    void aLockIsReleasedByTwo() {
        jdbc.sql("""
                insert into safety_lock (workflow, locked_at, locked_kind, reason)
                values (:workflow, now(), 'WIPE', 'more than 10 of wipe were wanted within 10 minutes.')
                on conflict (workflow) do update
                    set locked_at = excluded.locked_at, locked_kind = excluded.locked_kind, reason = excluded.reason
                """).param("workflow", TestWorkflows.NAME).update();
        try (Visit adam = chromium.visit(Look.DESK, "adam")) {
            Page page = adam.go("/console/approvals" + WORKFLOW);
            adam.pictures("locked");
            button(page, "Ask for the release").click();
            assertThat(page.locator(".turn")).containsText("another person has to confirm it");
            adam.assertInOrder();
            adam.assertAccessible();
        }
        try (Visit paul = chromium.visit(Look.DESK, "paul")) {
            Page page = paul.go("/console/approvals" + WORKFLOW);
            button(page, "Confirm, and release it").click();
            assertThat(page.locator(".locked")).hasCount(0);
        }
    }

    // ---- what the pages are about

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private String chosen(int first, int last) {
        return "&client=" + String.join(",",
                IntStream.rangeClosed(first, last).mapToObj(number -> fleet.id(number).toString()).toList());
    }

    private UUID wipe(String identity, int... numbers) {
        return start("WipeIntuneDevices", identity, numbers);
    }

    /** A job under way: of 20 devices some are done, some failed, and of one nobody knows. */
    private UUID halfDone() {
        UUID job = start("SynchronizeIntuneDevices", "user:olga", IntStream.rangeClosed(20, 39).toArray());
        jdbc.sql("update job_target set state = 'DONE', stage = 'CLOSED' where job = :job and client_id in (:clients)")
                .param("job", job)
                .param("clients", IntStream.rangeClosed(22, 33).mapToObj(fleet::id).toList())
                .update();
        jdbc.sql(
                """
                        update job_target set state = 'FAILED', stage = 'CLOSED', problem = json_build_object('type', 'urn:acmp-intune:problem:device-failed',
                            'title', 'The device failed', 'status', 0, 'detail', 'The device answered that it is busy.',
                            'remedy', 'Retry it.')
                        where job = :job and client_id = :client
                        """)
                .param("job", job)
                .param("client", fleet.id(34))
                .update();
        jdbc.sql(
                """
                        update job_target set state = 'NEEDS_DECISION', stage = 'HANDED_OVER', claimed_at = now(), action = :action
                        where job = :job and client_id = :client
                        """)
                .param("job", job)
                .param("action", UUID.randomUUID())
                .param("client", undecided())
                .update();
        return job;
    }

    private UUID undecided() {
        return fleet.id(35);
    }

    private UUID start(String action, String identity, int... numbers) {
        List<@Nullable String> clients = IntStream.of(numbers)
                .<@Nullable String>mapToObj(number -> fleet.id(number).toString())
                .toList();
        return queryActions.start(new QueryActionRequest(action, TestWorkflows.NAME, clients, null, null, null,
                "CONTOSO\\olga", null, true, clients.size(), null), identity, null).id();
    }

    private int count(String action) {
        return jdbc.sql("select count(*) from job where query_action = :action")
                .param("action", action)
                .query(Integer.class)
                .single();
    }
}
