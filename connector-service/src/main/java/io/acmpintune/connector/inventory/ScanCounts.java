package io.acmpintune.connector.inventory;

/** What a scan has counted so far; meanings as in {@link io.acmpintune.model.ConnectorStatus.Scan}. */
record ScanCounts(int pages, int read, int added, int changed, int unchanged, int filtered, int quarantined,
        int graphCalls) {

    static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, 0, 0, 0);

    ScanCounts plus(PagePlan plan, PageContent rows) {
        return new ScanCounts(pages + 1, read + rows.size(), added + plan.added(), changed + plan.changed(),
                unchanged + plan.unchanged(), filtered + rows.filtered(), quarantined + rows.malformed().size(),
                graphCalls);
    }

    /** The same after so many requests in all. */
    ScanCounts called(int calls) {
        return new ScanCounts(pages, read, added, changed, unchanged, filtered, quarantined, calls);
    }
}
