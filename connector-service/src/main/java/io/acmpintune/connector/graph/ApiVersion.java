package io.acmpintune.connector.graph;

/** Graph's API versions. A batch cannot mix them. */
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
