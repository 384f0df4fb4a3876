package io.acmpintune.engine.acmp;

/**
 * Where a reply is to be left for us: a target of ours on a virtual router of ours.
 *
 * @param virtualRouter the router's name
 * @param name the target's name, and the routing key that leads to it
 */
record ReplyTarget(String virtualRouter, String name) {}
