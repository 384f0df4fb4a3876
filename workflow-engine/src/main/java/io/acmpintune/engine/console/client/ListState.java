package io.acmpintune.engine.console.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientFilter;
import io.acmpintune.engine.client.ClientFilter.State;
import io.acmpintune.engine.client.ClientSearch.Order;
import io.acmpintune.engine.client.ClientSearch.SortKey;

/**
 * The state of a list of clients. The page's address holds all of it, so that a reload or a bookmark shows the same list.
 * Invalid parameters are ignored.
 *
 * @param page from 1
 */
record ListState(String workflow, String search, String platform, String compliance, String ownership,
        @Nullable Contact contact, State state, Order order, int page) {

    static final int PAGE_SIZE = 50;
    static final Order BY_NAME = new Order(SortKey.NAME, false);

    private static final int LONGEST = 200;
    private static final int LAST_PAGE = 100_000;

    static ListState read(String workflow, Map<String, String> parameters) {
        return new ListState(workflow, text(parameters, "q"), text(parameters, "platform"),
                text(parameters, "compliance"), text(parameters, "ownership"),
                contact(text(parameters, "contact")).orElse(null), state(text(parameters, "state")),
                order(text(parameters, "sort")), page(text(parameters, "page")));
    }

    ClientFilter filter(Instant now) {
        return new ClientFilter(orNull(search), orNull(platform), null, orNull(compliance), orNull(ownership),
                contact == null ? null : contact.since(now), contact == null ? null : contact.before(now), state);
    }

    int offset() {
        return (page - 1) * PAGE_SIZE;
    }

    /** Returns whether the list is limited to some of the clients in Intune. */
    public boolean isFiltered() {
        return !search.isEmpty() || !platform.isEmpty() || !compliance.isEmpty() || !ownership.isEmpty()
                || contact != null || state != State.PRESENT;
    }

    /** Returns another page of the list. */
    public ListState at(int other) {
        return new ListState(workflow, search, platform, compliance, ownership, contact, state, order, other);
    }

    /** Returns the first page sorted by a column; in the other direction if it is sorted by it already. */
    public ListState sortedBy(SortKey key) {
        return new ListState(workflow, search, platform, compliance, ownership, contact, state,
                new Order(key, order.key() == key && !order.descending()), 1);
    }

    /** Returns the list of all clients in Intune, in the same order. */
    public ListState unfiltered() {
        return new ListState(workflow, "", "", "", "", null, State.PRESENT, order, 1);
    }

    /** Returns the order as an address writes it: {@code contact}, or {@code -contact} for descending. */
    public String sort() {
        return (order.descending() ? "-" : "") + word(order.key());
    }

    /** Returns the address of the list. */
    public String address() {
        return "/console/clients?" + query();
    }

    /** Returns the address of the IDs of all clients in the list. */
    public String selectionAddress() {
        return "/console/clients/selection?" + at(1).query();
    }

    private String query() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("workflow", workflow);
        said.put("q", search);
        said.put("platform", platform);
        said.put("compliance", compliance);
        said.put("ownership", ownership);
        said.put("contact", contact == null ? "" : contact.key());
        said.put("state", state == State.PRESENT ? "" : word(state));
        said.put("sort", order.equals(BY_NAME) ? "" : sort());
        said.put("page", page == 1 ? "" : Integer.toString(page));
        return said.entrySet()
                .stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String text(Map<String, String> parameters, String name) {
        String given = parameters.getOrDefault(name, "").strip().replace("\0", "");
        return given.substring(0, Math.min(given.length(), LONGEST));
    }

    private static Optional<Contact> contact(String key) {
        return Arrays.stream(Contact.values()).filter(contact -> contact.key().equals(key)).findFirst();
    }

    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(state -> word(state).equals(word))
                .findFirst()
                .orElse(State.PRESENT);
    }

    private static Order order(String sort) {
        boolean descending = sort.startsWith("-");
        String word = descending ? sort.substring(1) : sort;
        return Arrays.stream(SortKey.values())
                .filter(key -> word(key).equals(word))
                .findFirst()
                .map(key -> new Order(key, descending))
                .orElse(BY_NAME);
    }

    private static int page(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 1, LAST_PAGE);
        } catch (NumberFormatException _) {
            return 1;
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String word(Enum<?> member) {
        return member.name().toLowerCase(Locale.ROOT);
    }
}
