package io.acmpintune.simulator.graph;

/** The versions of Graph's API; beta has more properties. */
enum ApiVersion {
    V1("v1.0"), BETA("beta");

    private final String segment;

    ApiVersion(String segment) {
        this.segment = segment;
    }

    String segment() {
        return segment;
    }
}
