package io.acmpintune.engine.console;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a page of a list is among the others.
 *
 * @param page from 1; behind the last one, the last
 * @param total rows of all pages
 */
public record Pages(int page, int total, int size) {

    /** Numbers shown beside the current one, to either side. */
    private static final int NEIGHBOURS = 2;

    public Pages {
        page = Math.clamp(page, 1, Math.max(1, Math.ceilDiv(total, size)));
    }

    public int last() {
        return Math.max(1, Math.ceilDiv(total, size));
    }

    /** Number of the first row of the page; 0 when there is none. */
    public int first() {
        return total == 0 ? 0 : (page - 1) * size + 1;
    }

    public int end() {
        return Math.min(page * size, total);
    }

    /** The pages around the current one. */
    public List<Integer> around() {
        return IntStream.rangeClosed(Math.max(1, page - NEIGHBOURS), Math.min(last(), page + NEIGHBOURS))
                .boxed()
                .toList();
    }
}
