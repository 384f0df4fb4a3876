package io.acmpintune.engine.acmp.sics;

import java.util.Set;

/** The calls that SICS must understand, and what each of them has to be told. */
enum SicsCall {
    OPEN_SESSION("open-session", Slot.USER_NAME, Slot.PASSWORD),
    CREATE_VIRTUAL_ROUTER("create-virtual-router", Slot.VIRTUAL_ROUTER),
    CREATE_TARGET("create-target", Slot.TARGET, Slot.VIRTUAL_ROUTER, Slot.ROUTING_KEYS),
    PUBLISH("publish", Slot.BODY, Slot.VIRTUAL_ROUTER, Slot.ROUTING_KEY, Slot.CALLBACK_VIRTUAL_ROUTER,
            Slot.CALLBACK_ROUTING_KEY),
    CONSUME("consume", Slot.VIRTUAL_ROUTER, Slot.TARGET, Slot.WAIT_TIMEOUT),
    DELETE_VIRTUAL_ROUTER("delete-virtual-router", Slot.VIRTUAL_ROUTER),
    DELETE_TARGET("delete-target", Slot.TARGET);

    private final String key;
    /** From {@code Set.of}, which the checker cannot see. */
    @SuppressWarnings("ImmutableEnumChecker") private final Set<Slot> slots;

    SicsCall(String key, Slot... slots) {
        this.key = key;
        this.slots = Set.of(slots);
    }

    /** The call's name in the dialect file. */
    String key() {
        return key;
    }

    /** What the call has to be told, in its body or in its path. */
    Set<Slot> slots() {
        return slots;
    }

    /** A thing that a call is told. */
    enum Slot {
        USER_NAME("user-name"),
        PASSWORD("password"),
        VIRTUAL_ROUTER("virtual-router"),
        TARGET("target"),
        ROUTING_KEYS("routing-keys"),
        ROUTING_KEY("routing-key"),
        BODY("body"),
        CALLBACK_VIRTUAL_ROUTER("callback-virtual-router"),
        CALLBACK_ROUTING_KEY("callback-routing-key"),
        WAIT_TIMEOUT("wait-timeout");

        private final String key;

        Slot(String key) {
            this.key = key;
        }

        /** The slot's name in the dialect file. */
        String key() {
            return key;
        }
    }
}
