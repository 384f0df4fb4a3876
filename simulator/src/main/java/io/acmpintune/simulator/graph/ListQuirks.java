package io.acmpintune.simulator.graph;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.node.ObjectNode;

/**
 * How the list of devices misbehaves, from when it is ordered until {@link #clear()}. Most of it has been seen at
 * Microsoft by users; the rest is what a client must survive anyway.
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

    /** What is wrong with one device's rows. */
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

    /** The next {@code times} requests that follow a link are refused: 400, the link has expired. */
    public void expireLinks(int times) {
        expiredLinks.set(times);
    }

    /** From the second page on, each page's link leads to the page itself. */
    public void loop() {
        links = Links.LOOPING;
    }

    /** There is always a link, each another one; after the last device the list begins anew. */
    public void neverEnd() {
        links = Links.ENDLESS;
    }

    /** Lists lack these devices without a word; reading one, or counting, does not. */
    public void omit(Set<String> ids) {
        omitted = Set.copyOf(ids);
    }

    /** Lists are empty: 200 and no row. */
    public void showNothing() {
        empty = true;
    }

    /** Each page after the first begins with the last row of the page before, so it is one row longer. */
    public void repeatRows() {
        repeating = true;
    }

    /** {@code $filter} is accepted and ignored. */
    public void ignoreFilters() {
        unfiltered = true;
    }

    /**
     * Makes the rows of a device malformed, in lists and single reads, where the columns are selected.
     *
     * @param values  property to what is said instead, such as a text for a date or a number
     * @param missing properties that are not there at all, such as {@code id}
     */
    public void malform(String device, ObjectNode values, Set<String> missing) {
        malformed.put(device, new Malformation(values.deepCopy(), Set.copyOf(missing)));
    }

    /** After so many more pages every token issued until then is refused with 401; a new one is good. Happens once. */
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

    /** Counts a page; true if this was the last one before the tokens are to be revoked. */
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
