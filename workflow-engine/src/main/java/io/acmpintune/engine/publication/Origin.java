package io.acmpintune.engine.publication;

/** How an ACMP server came by a client. */
enum Origin {
    /** We created it. */
    CREATED,
    /** The server had it before; its client record is never written. */
    LINKED
}
