package io.acmpintune.simulator.graph;

/** The two faces of Graph; beta knows more columns. */
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
