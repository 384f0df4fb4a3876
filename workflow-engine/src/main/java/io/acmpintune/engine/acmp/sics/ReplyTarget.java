package io.acmpintune.engine.acmp.sics;

/**
 * Where a reply is to be left for us: a target of ours on a virtual router of ours.
 *
 * @param virtualRouter the router's name
 * @param name the target's name, and the routing key that leads to it
 */
public record ReplyTarget(String virtualRouter, String name) {

    /** Where to publish to so that a message arrives here. */
    public SicsAddress address() {
        return new SicsAddress(virtualRouter, name);
    }
}
