package io.acmpintune.connector.inventory;

/** What a scan has counted so far; meanings as in {@link io.acmpintune.model.ConnectorStatus.Scan}. */
record ScanCount(int pages, int read, int added, int changed, int unchanged, int quarantined, int graphCalls) {

    static final ScanCount NONE = new ScanCount(0, 0, 0, 0, 0, 0, 0);

    ScanCount plus(PagePlan plan, int rows, int malformed, int calls) {
        return new ScanCount(pages + 1, read + rows, added + plan.added(), changed + plan.changed(),
                unchanged + plan.unchanged(), quarantined + malformed, calls);
    }
}
