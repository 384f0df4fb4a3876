package io.acmpintune.connector.inventory;

/** Counts of a scan so far, as defined in {@link io.acmpintune.model.ConnectorStatus.Scan}. */
record ScanCounts(int pages, int read, int added, int changed, int unchanged, int filtered, int quarantined,
        int graphCalls) {

    static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0, 0, 0, 0, 0);

    ScanCounts plus(PagePlan plan, PageContent rows) {
        return new ScanCounts(pages + 1, read + rows.size(), added + plan.added(), changed + plan.changed(),
                unchanged + plan.unchanged(), filtered + rows.filtered(), quarantined + rows.malformed().size(),
                graphCalls);
    }

    /** Sets the total number of requests. */
    ScanCounts withCalls(int calls) {
        return new ScanCounts(pages, read, added, changed, unchanged, filtered, quarantined, calls);
    }
}
