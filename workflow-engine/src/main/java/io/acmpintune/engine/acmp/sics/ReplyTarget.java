package io.acmpintune.engine.acmp.sics;

/**
 * A target of ours on a virtual router of ours, to which a reply is published.
 *
 * @param virtualRouter the router's name
 * @param name the target's name, and the routing key that leads to it
 */
public record ReplyTarget(String virtualRouter, String name) {

    /** Returns the address that leads here. */
    public SicsAddress address() {
        return new SicsAddress(virtualRouter, name);
    }
}
