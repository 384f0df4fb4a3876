package io.acmpintune.engine.console;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import jakarta.servlet.MultipartConfigElement;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.ConnectorStub;
import io.acmpintune.engine.fixture.Devices;
import io.acmpintune.engine.fixture.Fleet;
import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.RemovalHold;
import io.acmpintune.model.ScanIntervals;
import io.acmpintune.model.ScannerSettings;
import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Check;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.model.verification.ConnectionReport.Step;
import io.acmpintune.runtime.browser.Chromium;
import io.acmpintune.runtime.browser.Chromium.Look;
import io.acmpintune.runtime.browser.Chromium.Visit;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What administrators and operators decide and set up in the console, and who may do what there. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class AdministrationBrowserTest {

    private static final ConnectorStub CONNECTOR = ConnectorStub.start();
    private static final String AT_CONNECTOR = "/api/v1/connectors/IntuneConnector_1";

    private final JdbcClient jdbc;
    private final Fleet fleet;
    private final int port;
    private Chromium chromium;

    AdministrationBrowserTest(@Autowired JdbcClient jdbc,
            @LocalServerPort int port) {
        this.jdbc = jdbc;
        this.fleet = new Fleet(jdbc, TestWorkflows.NAME);
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
        registry.add("acmp.workflows." + TestWorkflows.NAME + ".connector-url", CONNECTOR::address);
        // before the engine begins to read
        List<Device> devices = new ArrayList<>(Devices.observed());
        devices.add(twin("one", "PHONE-OLD"));
        devices.add(twin("two", "PHONE-NEW"));
        CONNECTOR.devices(devices);
        CONNECTOR.answers(get(urlEqualTo(AT_CONNECTOR)).willReturn(okJson(json(new ConnectorStatus("IntuneConnector_1",
                Devices.TENANT, devices.size(), new ScannerSettings(intervals(), intervals()), null)))));
        CONNECTOR.answers(get(urlEqualTo(AT_CONNECTOR + "/removal-holds")).willReturn(okJson("[]")));
    }

    @BeforeAll
    void begin() {
        chromium = Chromium.at(port, People.PASSWORD);
        fleet.insert(200);
        fleet.outdated(9);
    }

    @AfterAll
    void end() {
        chromium.close();
        CONNECTOR.close();
    }

    // ---- plan

    @Test
    void aHeldRemovalIsReleasedByAnAdministratorWhoSawTheSet() {
        UUID hold = fleet.holdRemovals();
        try (Visit visit = chromium.visit(Look.DESK, "adam")) {
            Page page = visit.go("/console/plan");
            page.locator(".attention li").filter(withText("removals in ACMP-1")).getByRole(AriaRole.LINK).click();
            assertThat(page.locator("h1")).hasText("3 removals in ACMP-1");
            assertThat(page.locator("tbody tr")).hasCount(3);

            page.getByLabel("I have looked at the 3 entries").check();
            button(page, "Release").click();

            assertThat(page.locator(".notice.good")).containsText("Released by Adam Albrecht");
            assertThat(button(page, "Release")).hasCount(0);
            assertThat(audited("HOLD_DECIDED", hold.toString())).containsExactly("user:adam WAITING RELEASED");
            visit.assertInOrder();
        }
    }

    @Test
    void aDecisionAboutAnotherSetThanTheOneThatWasSeenChangesNothing() {
        UUID hold = fleet.holdRemovals();
        try (Visit visit = chromium.visit(Look.DESK, "adam")) {
            Page page = visit.go("/console/plan/holds/" + hold);
            jdbc.sql("update hold set revision = revision + 1 where id = :id").param("id", hold).update();

            button(page, "Reject").click();

            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Hold changed");
            assertThat(audited("HOLD_DECIDED", hold.toString())).isEmpty();
            button(page, "DE").click();
            assertThat(page.locator("h1")).hasText("3 Entfernungen in ACMP-1");
            button(page, "Ablehnen").click();
            assertThat(page.locator(".notice.good")).containsText("Abgelehnt von Adam Albrecht");
        }
    }

    @Test
    void removalsThatTheConnectorHoldsBackAreReleasedThere() {
        removals(RemovalHold.State.HELD, null);
        CONNECTOR.answers(post(urlEqualTo(AT_CONNECTOR + "/removal-holds/7/decision"))
                .withRequestBody(matchingJsonPath("$.decidedBy", equalTo("user:adam")))
                .willReturn(okJson(json(removal(RemovalHold.State.RELEASED, "user:adam")))));
        try (Visit visit = chromium.visit(Look.DESK, "adam")) {
            Page page = visit.go("/console/plan");
            page.locator(".attention li").filter(withText("disappeared")).getByRole(AriaRole.LINK).click();
            assertThat(page.locator("tbody tr")).hasCount(2);
            assertThat(page.locator("tbody")).containsText("PHONE-OLD");
            visit.pictures("removal");

            removals(RemovalHold.State.RELEASED, "user:adam");
            page.getByLabel("I have looked").check();
            button(page, "Release").click();

            assertThat(page.locator(".notice.good")).containsText("Released by Adam Albrecht");
            assertThat(audited("HOLD_DECIDED", "IntuneConnector_1/7")).containsExactly("user:adam - RELEASED");
            visit.assertInOrder();
        } finally {
            CONNECTOR.answers(get(urlEqualTo(AT_CONNECTOR + "/removal-holds")).willReturn(okJson("[]")));
        }
    }

    @Test
    void aDryRunShowsEachFieldBeforeAndAfterAndARunIsStarted() {
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/plan");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dry run")).click();
            page.locator(".tiles a").filter(withText("Refused")).click();
            assertThat(page.locator(".planned details").first()).containsText("ACMP refuses the record");
            page.locator(".tiles a").filter(withText("Update")).click();
            Locator changed = page.locator(".planned details").first();
            assertThat(changed.locator("del")).hasText("17.6");
            assertThat(changed.locator("ins")).hasText("15.1.1");
            visit.assertInOrder();

            button(page, "Start a run").click();

            assertThat(page).hasURL(Pattern.compile(".*/console/plan/runs/[0-9a-f-]{36}.*"));
            assertThat(page.locator(".facts")).containsText("Olga Ortmann");
            visit.pictures("run");
            visit.assertInOrder();
            visit.assertAccessible();
        }
    }

    // ---- conflicts

    @Test
    void aConflictIsResolvedByPinningTheDeviceInsteadOfTheOther() {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> matchState("two").equals("CONFLICT"));
        try (Visit visit = chromium.visit(Look.DESK, "olga")) {
            Page page = visit.go("/console/conflicts");
            assertThat(page.locator("h1")).hasText("Conflicts 1");
            assertThat(page.locator("td.same")).not().hasCount(0);

            page.locator("tfoot").getByRole(AriaRole.BUTTON).last().click();

            assertThat(page.locator(".notice.good")).containsText("Olga Ortmann decided that it is this client");
            assertThat(matchState("one")).isEqualTo("IGNORED");
            assertThat(matchState("two")).isEqualTo("LINKED");
            assertThat(audited("CONFLICT_DECIDED", "two")).containsExactly("user:olga LINKED LINKED");
            visit.go("/console/conflicts");
            assertThat(page.locator("main")).containsText("No conflicts");
            visit.assertInOrder();
        }
    }

    // ---- audit

    @Test
    void theAuditIsFilteredAndAnEntryThatSomebodyChangedIsFound() {
        new Visitor(port).signIn("paul", People.PASSWORD);
        new Visitor(port).signIn("vera", People.PASSWORD);
        try (Visit visit = chromium.visit(Look.DESK, "paul")) {
            Page page = visit.go("/console/audit");
            page.getByLabel("Event").selectOption("SIGNED_IN");
            page.getByLabel("Who").fill("user:vera");
            page.getByLabel("Who").press("Enter");
            assertThat(page).hasURL(Pattern.compile(".*&event=SIGNED_IN&actor=user%3Avera$"));
            assertThat(page.locator("tbody tr").filter(withText("Paul Peters"))).hasCount(0);
            assertThat(page.locator("tbody tr").first()).containsText("Vera Vogel");
            String export = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Export as CSV"))
                    .getAttribute("href");
            assertThat(new String(page.request().get(export).body(), StandardCharsets.UTF_8)).startsWith("seq,")
                    .contains("user:vera,,SIGNED_IN")
                    .doesNotContain("user:paul,,SIGNED_IN");
            Locator entry = page.locator("tbody a").first();
            String number = entry.innerText();
            entry.click();
            assertThat(page.locator("h1")).hasText("Signed in");

            visit.go("/console/audit/verification");
            button(page, "Verify now").click();
            assertThat(page.locator("#verdict .notice")).containsText("The chain is intact");
            tamper(number, "user:mallory");
            button(page, "Verify now").click();

            assertThat(page.locator("#verdict .notice")).containsText("The chain is broken in 1 place");
            assertThat(page.locator("#verdict tbody")).containsText("Changed" + number);
            visit.pictures("verification-broken");
            visit.assertInOrder();
            visit.assertAccessible();
            tamper(number, "user:vera");
        }
    }

    // ---- access

    @Test
    void anAccessIsRevokedAndReturnedByTwo() {
        new Visitor(port).signIn("vera", People.PASSWORD);
        try (Visit visit = chromium.visit(Look.DESK, "adam")) {
            Page page = visit.go("/console/access");
            assertThat(page.locator("table.list")).containsText("Vera Vogel");
            page.locator("#identity").fill("token:stolen");
            page.getByLabel("Refuse this identity from now on").check();
            button(page, "Revoke an access").click();
            assertThat(page.locator(".card.locked")).containsText("Revoked: token:stolen");
            visit.pictures("access");
            visit.assertInOrder();
            visit.assertAccessible();

            button(page, "Request the return").click();

            assertThat(page.locator(".turn")).containsText("Adam Albrecht");
            assertThat(button(page, "Return the access")).hasCount(0);
        }
        try (Visit visit = chromium.visit(Look.DESK, "paul")) {
            Page page = visit.go("/console/access");
            button(page, "Return the access").click();
            assertThat(page.locator(".card.locked")).hasCount(0);
            assertThat(page.locator("body")).containsText("The access has been returned");
        }
    }

    // ---- set-up

    @Test
    void theSetUpLeadsOverAFailedCheckToItsFilesAndKeepsNoSecret() {
        String secret = "canary-secret-typed-in";
        try (Visit visit = chromium.visit(Look.DESK, "adam")) {
            Page page = visit.go("/console/set-up");
            button(page, "Check now").click();
            assertThat(page.locator("#checks li.good").first()).containsText("connector-service");
            assertThat(page.locator("#checks li.bad").first()).containsText("What to do:");
            button(page, "Next").click();
            page.getByLabel("Name of the connector").fill("IntuneConnector_2");
            page.getByLabel("Name of the workflow").fill("IntuneMobileDevices_2");
            button(page, "Next").click();
            page.getByLabel("Client secret key").check();
            page.getByLabel("Directory ID (tenant)").fill("contoso");
            button(page, "Next").click();
            assertThat(page.locator("#tenant-hint")).containsText("8-4-4-4-12");
            page.getByLabel("Directory ID (tenant)").fill(Devices.TENANT.toString());
            page.getByLabel("Application ID (client)").fill("0b9f3c52-5d1a-4a4e-9f0e-3a1f7a6c1d2e");
            button(page, "Next").click();

            verification(Outcome.FAILED, "Entra refuses the secret.", "Enter its value, not its ID.");
            page.getByLabel("Client secret key").fill(secret);
            button(page, "Verify connection").first().click();
            assertThat(page.locator("#checks li.bad")).containsText("Enter its value, not its ID.");
            visit.pictures("set-up-check");
            verification(Outcome.OK, "Entra gave a new access token.", null);
            button(page, "Verify connection").first().click();
            assertThat(page.locator("#checks li.good")).containsText("Sign-in to Entra ID");
            assertThat(CONNECTOR.requests(postRequestedFor(urlEqualTo("/api/v1/connectors/verification"))
                    .withRequestBody(containing("\"client-secret\":\"" + secret)))).isEqualTo(2);
            button(page, "Next").click();
            page.getByLabel("Incremental scan").fill("5m");
            button(page, "Next").click();

            assertThat(page.locator("#connector-fragment")).containsText("incremental-interval: 5m");
            assertThat(page.locator("#engine-fragment")).containsText("IntuneMobileDevices_2:");
            assertThat(page.content() + page.url()).doesNotContain(secret);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sample of ten devices")).click();
            assertThat(page.locator(".planned details")).hasCount(8);
            visit.pictures("set-up-sample");
            visit.assertInOrder();
            visit.assertAccessible();
        }
        assertThat(jdbc.sql("select count(*) from audit_entry where audit_entry::text like '%canary%'")
                .query(Integer.class)
                .single()).isZero();
    }

    @Test
    void aCertificateIsPassedOnInBase64AndTheGermanPagesSayTheSame() {
        verification(Outcome.OK, "The certificate is valid.", null);
        try (Visit visit = chromium.visit(Look.TABLET, "adam")) {
            Page page = visit.go("/console/set-up?step=connection&tenant=" + Devices.TENANT + "&client="
                    + Devices.TENANT);
            assertThat(page.locator("h1")).hasText("Einrichtung");
            page.locator("#certificate")
                    .setInputFiles(new FilePayload("intune.pfx",
                            "application/x-pkcs12", "canary-pfx".getBytes(StandardCharsets.UTF_8)));
            page.getByLabel("Passwort des Zertifikats").fill("canary-pfx-password");
            button(page, "Verbindung prüfen").first().click();

            assertThat(page.locator("#checks li.good")).containsText("In Ordnung");
            assertThat(CONNECTOR.requests(postRequestedFor(urlEqualTo("/api/v1/connectors/verification"))
                    .withRequestBody(matchingJsonPath("$.certificate", equalTo("Y2FuYXJ5LXBmeA==")))
                    .withRequestBody(matchingJsonPath("$['certificate-password']", equalTo("canary-pfx-password")))))
                    .isEqualTo(1);
            visit.go("/console/plan");
            assertThat(page.locator("h1")).hasText("Plan und Läufe");
            visit.assertInOrder();
        }
    }

    @Test
    void noPartOfAFormEverLiesOnADisk(@Autowired MultipartConfigElement parts) {
        assertThat(parts.getMaxRequestSize()).isPositive();
        assertThat((long) parts.getFileSizeThreshold()).isGreaterThanOrEqualTo(parts.getMaxRequestSize());
    }

    // ---- who may do what

    @Test
    void theNavigationShowsOnlyWhatTheRoleMaySee() {
        Visitor visitor = new Visitor(port);
        visitor.signIn("vera", People.PASSWORD);

        assertThat(visitor.get("/console").body()).contains("/console/plan?", "/console/conflicts?")
                .doesNotContain("/console/audit?", "/console/set-up?");
    }

    // ----

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    /** Actor and states of the events about a target. */
    private List<@Nullable String> audited(String event, String target) {
        return jdbc.sql("""
                select actor || ' ' || coalesce(before ->> 'state', '-') || ' ' || coalesce(after ->> 'state', '-')
                from audit_entry where event = :event and target_id = :target order by seq
                """).param("event", event).param("target", target).query(String.class).list();
    }

    private String matchState(String device) {
        return jdbc.sql("select match_state from device where workflow = :workflow and device = :device")
                .param("workflow", TestWorkflows.NAME)
                .param("device", device)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private void tamper(String seq, String actor) {
        jdbc.sql("alter table audit_entry disable trigger user").update();
        jdbc.sql("update audit_entry set actor = :actor where seq = :seq")
                .param("actor", actor)
                .param("seq", Long.valueOf(seq))
                .update();
        jdbc.sql("alter table audit_entry enable trigger user").update();
    }

    private static void verification(Outcome outcome, String found, @Nullable String remedy) {
        CONNECTOR.answers(post(urlEqualTo("/api/v1/connectors/verification")).willReturn(okJson(json(ConnectionReport
                .of(null, Instant.now(), List.of(new Step(Check.TOKEN, outcome, found, remedy)))))));
    }

    private static void removals(RemovalHold.State state, @Nullable String by) {
        CONNECTOR.answers(get(urlEqualTo(AT_CONNECTOR + "/removal-holds"))
                .willReturn(okJson(json(List.of(removal(state, by))))));
    }

    private static RemovalHold removal(RemovalHold.State state, @Nullable String by) {
        return new RemovalHold(7, state, Instant.parse("2026-11-25T11:00:00Z"), 8,
                List.of(new DeviceId("one"), new DeviceId("gone")), by, by == null ? null : Instant.now());
    }

    /** One of two devices that say they are the same. */
    private static Device twin(String id, String name) {
        return Devices.of("""
                {"id":"%s","deviceName":"%s","manufacturer":"Apple","model":"iPhone 15","operatingSystem":"iOS",
                 "serialNumber":"C02XK0","enrolledDateTime":"2026-11-02T08:00:00Z",
                 "lastSyncDateTime":"2026-11-05T08:00:00Z","managedDeviceOwnerType":"company"}
                """.formatted(id, name));
    }

    private static ScanIntervals intervals() {
        return new ScanIntervals(Duration.ofMinutes(15), Duration.ofHours(24));
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
