package io.acmpintune.connector.inventory;

/** What a scan has counted so far; meanings as in {@link io.acmpintune.model.ConnectorStatus.Scan}. */
record ScanCount(int pages, int read, int added, int changed, int unchanged, int filtered, int quarantined,
        int graphCalls) {

    static final ScanCount NONE = new ScanCount(0, 0, 0, 0, 0, 0, 0, 0);

    ScanCount plus(PagePlan plan, PageRows rows) {
        return new ScanCount(pages + 1, read + rows.size(), added + plan.added(), changed + plan.changed(),
                unchanged + plan.unchanged(), filtered + rows.filtered(), quarantined + rows.malformed().size(),
                graphCalls);
    }

    /** The same after so many requests in all. */
    ScanCount called(int calls) {
        return new ScanCount(pages, read, added, changed, unchanged, filtered, quarantined, calls);
    }
}
