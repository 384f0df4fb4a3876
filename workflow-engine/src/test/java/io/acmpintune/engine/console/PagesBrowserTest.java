package io.acmpintune.engine.console;

import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.browser.Chromium;
import io.acmpintune.runtime.browser.Chromium.Look;
import io.acmpintune.runtime.browser.Chromium.Visit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Every page in a browser: in order for it and for an accessibility check, in light and dark, wide and narrow. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("browser")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class PagesBrowserTest {

    private final Fleet fleet;
    private final int port;
    private Chromium chromium;
    private UUID hold;
    private String conflict;

    PagesBrowserTest(@Autowired JdbcClient jdbc, @LocalServerPort int port) {
        this.fleet = new Fleet(jdbc, TestWorkflows.NAME);
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
        fleet.insert(1_240);
        hold = fleet.holdRemovals();
        conflict = fleet.conflict(8);
        fleet.outdated(4, 5, 6, 7, 9);
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"sign-in, /console/sign-in", "overview, /console", "clients, /console/clients",
            "clients-found-none, /console/clients?q=nothing-like-that", "client, CLIENT", "client-refused, REFUSED",
            "plan, /console/plan",
            "dry-run, /console/plan/dry-run?kind=update", "hold, HOLD", "refused, /console/plan/parked",
            "conflicts, /console/conflicts", "conflict, CONFLICT", "audit, /console/audit",
            "audit-entry, /console/audit/1", "verification, /console/audit/verification", "set-up, /console/set-up",
            "set-up-finish, FINISH"})
    void everyPageIsInOrderHoweverItIsLookedAt(String name, String path) {
        chromium.walk(name.equals("sign-in") ? null : "anna", address(path), name);
    }

    @Test
    void whatIsNotThereIsAPageToo() {
        try (Visit visit = chromium.visit(Look.DESK, "anna")) {
            Page page = visit.go("/console/nothing");
            visit.pictures("not-found");

            assertThat(page.locator("h1")).isVisible();
            visit.assertAccessible();
        }
    }

    @Test
    void aListIsFilteredSortedAndTurnedWithoutLosingItsPlace() {
        try (Visit visit = chromium.visit(Look.DESK, "vera")) {
            Page page = visit.go("/console/clients");

            page.getByLabel("Name, serial number or user").fill("hoffmann");
            assertThat(page.locator(".result-line")).containsText("of 78");
            page.getByLabel("Platform").first().selectOption("Windows");
            assertThat(page.locator(".result-line")).containsText("of 31");
            assertThat(page).hasURL(Pattern.compile(".*&q=hoffmann&platform=Windows$"));
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Last contact")).click();
            assertThat(page.locator("th.col-contact")).hasAttribute("aria-sort", "ascending");
            page.getByLabel("Ownership").selectOption("company");
            assertThat(page).hasURL(Pattern.compile(".*&q=hoffmann&platform=Windows&ownership=company&sort=contact$"));
            String address = page.url();
            Locator first = page.locator("tbody a").first();
            String shown = first.innerText();

            page.reload();

            assertThat(page.url()).isEqualTo(address);
            assertThat(first).hasText(shown);
            visit.assertInOrder();
        }
    }

    private String address(String path) {
        return switch (path) {
            case "CLIENT" -> client(7);
            case "REFUSED" -> client(97);
            case "HOLD" -> "/console/plan/holds/" + hold;
            case "CONFLICT" -> "/console/conflicts/" + conflict;
            case "FINISH" -> "/console/set-up?step=finish&tenant=" + UUID.randomUUID() + "&client="
                    + UUID.randomUUID();
            default -> path;
        };
    }

    private String client(int number) {
        return "/console/clients/" + fleet.id(number) + "?workflow=" + TestWorkflows.NAME;
    }
}
