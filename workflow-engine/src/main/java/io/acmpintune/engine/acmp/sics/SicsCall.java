package io.acmpintune.engine.acmp.sics;

import java.util.Set;

/** The calls to SICS with their parameters. */
enum SicsCall {
    OPEN_SESSION("open-session", Parameter.USER_NAME, Parameter.PASSWORD),
    CREATE_VIRTUAL_ROUTER("create-virtual-router", Parameter.VIRTUAL_ROUTER),
    CREATE_TARGET("create-target", Parameter.TARGET, Parameter.VIRTUAL_ROUTER, Parameter.ROUTING_KEYS),
    PUBLISH("publish", Parameter.BODY, Parameter.VIRTUAL_ROUTER, Parameter.ROUTING_KEY,
            Parameter.CALLBACK_VIRTUAL_ROUTER,
            Parameter.CALLBACK_ROUTING_KEY),
    CONSUME("consume", Parameter.VIRTUAL_ROUTER, Parameter.TARGET, Parameter.WAIT_TIMEOUT),
    DELETE_VIRTUAL_ROUTER("delete-virtual-router", Parameter.VIRTUAL_ROUTER),
    DELETE_TARGET("delete-target", Parameter.TARGET);

    private final String key;
    /** Immutable, made by {@code Set.of}, which the checker cannot see. */
    @SuppressWarnings("ImmutableEnumChecker") private final Set<Parameter> parameters;

    SicsCall(String key, Parameter... parameters) {
        this.key = key;
        this.parameters = Set.of(parameters);
    }

    /** The call's name in the dialect file. */
    String key() {
        return key;
    }

    /** The call's parameters, in its body or path. */
    Set<Parameter> parameters() {
        return parameters;
    }

    /** A parameter of a call. */
    enum Parameter {
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

        Parameter(String key) {
            this.key = key;
        }

        /** The parameter's name in the dialect file. */
        String key() {
            return key;
        }
    }
}
