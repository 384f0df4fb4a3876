package io.acmpintune.simulator.sics;

import java.util.List;

/** The calls of SICS's REST interface with their slots. */
enum SicsCall {
    OPEN_SESSION("open-session", "user-name password"),
    CREATE_VIRTUAL_ROUTER("create-virtual-router", "virtual-router"),
    CREATE_TARGET("create-target", "target virtual-router routing-keys"),
    PUBLISH("publish", "body virtual-router routing-key callback-virtual-router callback-routing-key"),
    CONSUME("consume", "virtual-router target wait-timeout"),
    DELETE_VIRTUAL_ROUTER("delete-virtual-router", "virtual-router"),
    DELETE_TARGET("delete-target", "target");

    private final String key;
    private final String slots;

    SicsCall(String key, String slots) {
        this.key = key;
        this.slots = slots;
    }

    /** Returns the name in a dialect file. */
    String key() {
        return key;
    }

    List<String> slots() {
        return List.of(slots.split(" ", -1));
    }
}
