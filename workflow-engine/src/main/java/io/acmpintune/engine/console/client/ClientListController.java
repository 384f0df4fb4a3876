package io.acmpintune.engine.console.client;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientSearch;
import io.acmpintune.engine.client.ClientSearch.Facet;
import io.acmpintune.engine.client.ClientSearch.SortKey;
import io.acmpintune.engine.console.ActionPage;
import io.acmpintune.engine.console.Pagination;
import io.acmpintune.engine.job.JobOrder;
import io.acmpintune.engine.workflow.Workflow;

/** Shows the list of clients. */
@Controller
class ClientListController {

    private final ClientSearch clients;
    private final InstantSource clock;

    ClientListController(ClientSearch clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /** A column that the list can be sorted by. */
    record Column(String key, String address, String sorted) {}

    /** A link to another page of the list. */
    record PageLink(int number, String address) {}

    @GetMapping("/console/clients")
    String list(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters, Model model, HttpServletResponse response) {
        ListState asked = ListState.read(workflow.name(), parameters);
        ClientFilter filter = asked.filter(clock.instant());
        ClientSearch.Page found = clients.page(workflow, filter, asked.order(), asked.offset(), ListState.PAGE_SIZE);
        Pagination pages = new Pagination(asked.page(), found.total(), ListState.PAGE_SIZE);
        ListState state = asked.at(pages.page());
        if (state.page() != asked.page()) {
            return "redirect:" + state.address();
        }
        // what htmx shows as the page's address, instead of every field of the form
        response.setHeader("HX-Push-Url", state.address());
        List<Facet> facets = clients.facets(workflow.name());
        model.addAttribute("list", state);
        model.addAttribute("rows", found.rows());
        model.addAttribute("pages", pages);
        model.addAttribute("pageLinks", links(state, pages));
        model.addAttribute("columns", columns(state));
        model.addAttribute("serverCount", workflow.servers().size());
        model.addAttribute("platforms", values(facets.stream().map(Facet::operatingSystem), state.platform()));
        model.addAttribute("compliances", values(facets.stream().map(Facet::compliance), state.compliance()));
        model.addAttribute("ownerships", values(facets.stream().map(Facet::ownership), state.ownership()));
        model.addAttribute("contacts", Arrays.stream(Contact.values()).map(Contact::key).toList());
        model.addAttribute("states",
                Arrays.stream(ClientFilter.State.values()).map(ClientListController::word).toList());
        model.addAttribute("actions", ActionPage.ALL);
        model.addAttribute("mostSelected", JobOrder.MOST_CLIENTS);
        model.addAttribute("chosenState", word(state.state()));
        model.addAttribute("chosenContact", state.contact() == null ? "" : state.contact().key());
        return "console/clients";
    }

    /** Returns the values to choose from, with the chosen one even if no client has it any more. */
    private static List<String> values(Stream<String> present, String chosen) {
        return Stream.concat(present.filter(Objects::nonNull), Stream.of(chosen))
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static List<PageLink> links(ListState state, Pagination pages) {
        return Stream.concat(Stream.concat(Stream.of(1), pages.around().stream()), Stream.of(pages.last()))
                .distinct()
                .map(number -> new PageLink(number, state.at(number).address()))
                .toList();
    }

    private static List<Column> columns(ListState state) {
        return Arrays.stream(SortKey.values())
                .map(key -> new Column(word(key), state.sortedBy(key).address(), sorted(state, key)))
                .toList();
    }

    /** Returns the value of {@code aria-sort}. */
    private static String sorted(ListState state, SortKey key) {
        if (state.order().key() != key) {
            return "none";
        }
        return state.order().descending() ? "descending" : "ascending";
    }

    private static String word(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT);
    }
}
