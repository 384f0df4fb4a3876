package io.acmpintune.engine.console;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Position of a page within a list.
 *
 * @param page from 1; clamped to the last page
 * @param total number of rows on all pages
 */
public record Pagination(int page, int total, int size) {

    /** Pages shown on either side of the current one. */
    private static final int NEIGHBOURS = 2;

    public Pagination {
        page = Math.clamp(page, 1, Math.max(1, Math.ceilDiv(total, size)));
    }

    public int last() {
        return Math.max(1, Math.ceilDiv(total, size));
    }

    /** Returns the number of the page's first row; 0 if there is none. */
    public int first() {
        return total == 0 ? 0 : (page - 1) * size + 1;
    }

    public int end() {
        return Math.min(page * size, total);
    }

    /** Returns the pages around the current one. */
    public List<Integer> around() {
        return IntStream.rangeClosed(Math.max(1, page - NEIGHBOURS), Math.min(last(), page + NEIGHBOURS))
                .boxed()
                .toList();
    }
}
