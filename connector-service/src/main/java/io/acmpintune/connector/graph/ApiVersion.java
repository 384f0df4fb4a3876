package io.acmpintune.connector.graph;

/** Graph's versions; one batch speaks one of them. */
enum ApiVersion {
    V1("v1.0"),
    BETA("beta");

    private final String segment;

    ApiVersion(String segment) {
        this.segment = segment;
    }

    String segment() {
        return segment;
    }
}
