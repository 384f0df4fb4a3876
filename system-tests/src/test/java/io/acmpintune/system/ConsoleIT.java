package io.acmpintune.system;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import io.acmpintune.runtime.browser.Chromium;
import io.acmpintune.runtime.browser.Chromium.Look;
import io.acmpintune.runtime.browser.Chromium.Visit;
import io.acmpintune.simulator.SimulatorAccess;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.demo.Await;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Walks through the whole console, with both services as they are deployed. */
@Order(11)
class ConsoleIT {

    private static final int DEVICES = 300;
    /** In milliseconds; only a hang takes this long. */
    private static final double PATIENCE = 600_000;
    private static final String WORKFLOW = "?workflow=IntuneMobileDevices_1";

    @BeforeAll
    static void waitForASlowMachine() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    @Test
    void theConsoleLeadsFromTheSetUpToFinishedActionsAndAnEmergencyStop() throws Exception {
        try (BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                .withDevices(DEVICES)
                .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300)),
                new BothServices.Settings("actions: { follow-up: 1s, follow-up-at-most: 2s }", "", "",
                        ConsolePeople.yaml()))) {
            installation.start();
            try (Chromium chromium = Chromium.at(URI.create(installation.engine().api().url()).getPort(),
                    ConsolePeople.PASSWORD)) {
                try (Visit root = chromium.visit(Look.DESK, "root")) {
                    setUp(installation.simulator().access(), root);
                    imported(root);
                }
                try (Visit olga = chromium.visit(Look.DESK, "olga")) {
                    notified(installation, olga);
                    String approval = wipeWanted(olga);
                    try (Visit ada = chromium.visit(Look.TABLET, "ada")) {
                        approved(ada, approval);
                    }
                    wiped(installation, olga);
                    stopped(installation, olga);
                }
            }
        }
    }

    private static void setUp(SimulatorAccess access, Visit root) {
        Page page = root.go("/console/set-up" + WORKFLOW);
        button(page, "Check now").click();
        assertThat(page.locator("#checks li").first()).isVisible();
        assertThat(page.locator("#checks li.bad")).hasCount(0);
        root.go("/console/set-up" + WORKFLOW + "&step=connection&tenant=" + access.tenantId() + "&client="
                + access.clientId());
        button(page, "Verify connection").last().click();
        assertThat(page.locator("#checks li.good").first()).isVisible();
        assertThat(page.locator("#checks li.bad")).hasCount(0);
        root.assertInOrder();
    }

    /** Waits until the overview shows the complete import. */
    private static void imported(Visit root) throws Exception {
        Page page = root.go("/console" + WORKFLOW);
        Await.until("the overview shows every client acknowledged", () -> {
            page.reload();
            return page.locator("main").innerText().contains(DEVICES + "\t" + DEVICES)
                    ? Optional.of(true)
                    : Optional.empty();
        });
        root.pictures("overview-at-work");
        root.assertInOrder();
    }

    private static void notified(BothServices installation, Visit olga) throws Exception {
        Page page = olga.go("/console/clients" + WORKFLOW);
        page.getByLabel("Platform").first().selectOption("iOS");
        assertThat(page).hasURL(Pattern.compile(".*platform=iOS.*"));
        page.locator(".clients tbody input").nth(0).check();
        page.locator(".clients tbody input").nth(1).check();
        button(page, "Send notification").click();
        page.getByLabel("Title").fill("Maintenance");
        page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Text").setExact(true))
                .fill("Tonight at ten.");
        button(page, "Send to 2 devices").click();

        // Intune reports no more of a notification than that it accepted it
        assertThat(page.locator("#job .badge").first()).hasText("Finished");
        assertThat(installation.simulator().tenant().totalExecutions("sendCustomNotificationToCompanyPortal"))
                .isEqualTo(2);
        olga.assertInOrder();
    }

    /** @return the address of the request for approval */
    private static String wipeWanted(Visit olga) {
        Page page = olga.go("/console/clients" + WORKFLOW + "&platform=iOS&sort=-name");
        page.locator(".clients tbody input").nth(0).check();
        page.locator(".clients tbody input").nth(1).check();
        button(page, "Wipe").click();
        page.locator("#confirmed").check();
        page.locator("#confirmedCount").fill("2");
        button(page, "Ask for approval for 2 devices").click();
        assertThat(page.locator("#job .badge").first()).hasText("Waits for approval");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("To the request")).click();
        return page.url();
    }

    private static void approved(Visit ada, String approval) {
        Page page = ada.go(approval);
        page.locator("#reason").fill("Beide gestohlen");
        button(page, "Für 2 Geräte genehmigen").click();
        assertThat(page.locator(".facts .badge").first()).hasText("Genehmigt");
        ada.assertInOrder();
    }

    private static void wiped(BothServices installation, Visit olga) {
        Page page = olga.go("/console/jobs" + WORKFLOW);
        page.locator("tbody a").first().click();
        assertThat(page.locator("#job tbody tr").filter(withText("Done"))).hasCount(2);
        assertThat(installation.simulator().tenant().totalExecutions("wipe")).isEqualTo(2);
    }

    private static void stopped(BothServices installation, Visit olga) throws Exception {
        Page page = olga.go("/console/jobs" + WORKFLOW);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Emergency stop").setExact(true)).click();
        page.getByLabel("Why").fill("A script runs wild");
        page.getByLabel("I want to stop").check();
        button(page, "Stop").click();
        assertThat(page.locator(".stopped")).containsText("Everything is stopped");
        Await.until("the connector has acknowledged the stop", () -> {
            page.reload();
            return page.locator(".connectors").innerText().contains("has not acknowledged")
                    ? Optional.empty()
                    : Optional.of(true);
        });
        assertThat(installation.simulator().tenant().totalExecutions("wipe")).isEqualTo(2);
        olga.assertInOrder();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
