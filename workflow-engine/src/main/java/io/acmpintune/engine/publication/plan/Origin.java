package io.acmpintune.engine.publication.plan;

/** How a client came into an ACMP server. */
public enum Origin {
    /** We created it. */
    CREATED,
    /** The server had it before us, so its client record is never written. */
    LINKED
}
