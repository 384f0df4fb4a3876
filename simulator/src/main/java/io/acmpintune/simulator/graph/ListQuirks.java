package io.acmpintune.simulator.graph;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the list of devices misbehave until {@link #clear()}. Most of these quirks were reported by Microsoft's users;
 * a client must survive the others as well.
 */
public final class ListQuirks {

    private final Map<String, Malformation> malformed = new ConcurrentHashMap<>();
    private final AtomicInteger expiredLinks = new AtomicInteger();
    private final AtomicInteger pagesUntilRevocation = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private volatile Set<String> omitted = Set.of();
    private volatile Links links = Links.HONEST;
    private volatile boolean empty;
    private volatile boolean repeating;
    private volatile boolean unfiltered;

    enum Links {
        HONEST, LOOPING, ENDLESS
    }

    /** The defects of one device's rows. */
    record Malformation(ObjectNode values, Set<String> missing) {

        void apply(ObjectNode row) {
            values.forEachEntry((property, value) -> {
                if (row.has(property)) {
                    row.set(property, value);
                }
            });
            row.remove(missing);
        }
    }

    /** Refuses the next {@code times} requests that follow a link with 400, as an expired link. */
    public void expireLinks(int times) {
        expiredLinks.set(times);
    }

    /** From the second page on, each page links to itself. */
    public void loop() {
        links = Links.LOOPING;
    }

    /** Every page has a new link; after the last device the list starts again. */
    public void neverEnd() {
        links = Links.ENDLESS;
    }

    /** Omits these devices from lists, but not from single reads and counts. */
    public void omit(Set<String> ids) {
        omitted = Set.copyOf(ids);
    }

    /** Makes lists empty: 200 without rows. */
    public void showNothing() {
        empty = true;
    }

    /** Starts each page after the first with the last row of the previous page. */
    public void repeatRows() {
        repeating = true;
    }

    /** Accepts and ignores {@code $filter}. */
    public void ignoreFilters() {
        unfiltered = true;
    }

    /**
     * Makes the rows of a device malformed in lists and single reads, where the columns are selected.
     *
     * @param values property to the value that is sent instead, such as a text for a date or a number
     * @param missing properties that are left out, such as {@code id}
     */
    public void malform(String device, ObjectNode values, Set<String> missing) {
        malformed.put(device, new Malformation(values.deepCopy(), Set.copyOf(missing)));
    }

    /** Revokes all issued tokens once, after this many more pages; a new token is accepted. */
    public void revokeTokensAfter(int pages) {
        pagesUntilRevocation.set(pages);
    }

    public void clear() {
        malformed.clear();
        expiredLinks.set(0);
        pagesUntilRevocation.set(0);
        omitted = Set.of();
        links = Links.HONEST;
        empty = false;
        repeating = false;
        unfiltered = false;
    }

    boolean linkHasExpired() {
        return expiredLinks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Counts a page. Returns true if the tokens must be revoked after it. */
    boolean lastBeforeRevocation() {
        return pagesUntilRevocation.getAndUpdate(left -> Math.max(0, left - 1)) == 1;
    }

    boolean shows(Device device) {
        return !empty && !omitted.contains(device.id());
    }

    Links links() {
        return links;
    }

    int nextRound() {
        return round.incrementAndGet();
    }

    boolean repeating() {
        return repeating;
    }

    boolean unfiltered() {
        return unfiltered;
    }

    Optional<Malformation> of(Device device) {
        return Optional.ofNullable(malformed.get(device.id()));
    }
}
