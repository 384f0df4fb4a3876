package io.acmpintune.simulator.graph;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Request;

/** Parses the body of an action as OData does: unknown names and wrong types are refused. Source: Graph's metadata. */
final class ActionParameters {

    private static final int LONGEST_TITLE = 50;
    private static final int LONGEST_BODY = 500;

    private ActionParameters() {}

    /** The parameters, or Graph's error message. */
    sealed interface Parsed {

        record Accepted(ObjectNode parameters) implements Parsed {}

        record Refused(String message) implements Parsed {}
    }

    private enum Type {
        BOOLEAN("Edm.Boolean"), STRING("Edm.String"), OBLITERATION("microsoft.graph.obliterationBehavior");

        private static final Set<String> OBLITERATIONS = Set.of("default", "doNotObliterate", "obliterateWithWarning",
                "always", "unknownFutureValue");

        private final String name;

        Type(String name) {
            this.name = name;
        }

        private boolean takes(JsonNode value) {
            return value.isNull() || switch (this) {
                case BOOLEAN -> value.isBoolean();
                case STRING -> value.isString();
                case OBLITERATION -> value.isString() && OBLITERATIONS.contains(value.stringValue());
            };
        }
    }

    private enum Parameter {
        KEEP_ENROLLMENT_DATA("keepEnrollmentData", Type.BOOLEAN, Action.WIPE, false),
        KEEP_USER_DATA("keepUserData", Type.BOOLEAN, Action.WIPE, false),
        MAC_OS_UNLOCK_CODE("macOsUnlockCode", Type.STRING, Action.WIPE, false),
        PERSIST_ESIM_DATA_PLAN("persistEsimDataPlan", Type.BOOLEAN, Action.WIPE, false),
        OBLITERATION_BEHAVIOR("obliterationBehavior", Type.OBLITERATION, Action.WIPE, true),
        USE_PROTECTED_WIPE("useProtectedWipe", Type.BOOLEAN, Action.WIPE, true),
        NOTIFICATION_TITLE("notificationTitle", Type.STRING, Action.NOTIFY, true),
        NOTIFICATION_BODY("notificationBody", Type.STRING, Action.NOTIFY, true);

        private final String property;
        private final Type type;
        private final Action action;
        private final boolean betaOnly;

        Parameter(String property, Type type, Action action, boolean betaOnly) {
            this.property = property;
            this.type = type;
            this.action = action;
            this.betaOnly = betaOnly;
        }

        private boolean belongsTo(Action other, ApiVersion version) {
            return action == other && (!betaOnly || version == ApiVersion.BETA);
        }
    }

    static Parsed parse(Action action, ApiVersion version, Request request) {
        boolean expected = action == Action.WIPE || action == Action.NOTIFY;
        if (!request.hasBody()) {
            return expected
                    ? new Parsed.Refused("Empty Payload. JSON content expected.")
                    : new Parsed.Accepted(Json.object());
        }
        boolean json = request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .isPresent();
        if (!json || !(Json.parse(request.body()) instanceof ObjectNode parameters)) {
            return new Parsed.Refused("Unable to read JSON request payload. Please ensure Content-Type header is set "
                    + "and payload is of valid JSON format.");
        }
        return flaw(action, version, parameters).<Parsed>map(Parsed.Refused::new)
                .orElseGet(() -> new Parsed.Accepted(parameters));
    }

    private static Optional<String> flaw(Action action, ApiVersion version, ObjectNode parameters) {
        for (Map.Entry<String, JsonNode> given : parameters.properties()) {
            Optional<Parameter> known = Arrays.stream(Parameter.values())
                    .filter(parameter -> parameter.property.equals(given.getKey()))
                    .filter(parameter -> parameter.belongsTo(action, version))
                    .findFirst();
            if (known.isEmpty()) {
                return Optional.of("Invalid ODataActionParameter '" + given.getKey() + "' for action '"
                        + action.segment() + "'.");
            }
            if (!known.get().type.takes(given.getValue())) {
                return Optional.of("Cannot convert the literal '" + given.getValue() + "' of '" + given.getKey()
                        + "' to the expected type '" + known.get().type.name + "'.");
            }
        }
        return action == Action.NOTIFY
                ? text(parameters, Parameter.NOTIFICATION_TITLE, LONGEST_TITLE)
                        .or(() -> text(parameters, Parameter.NOTIFICATION_BODY, LONGEST_BODY))
                : Optional.empty();
    }

    private static Optional<String> text(ObjectNode parameters, Parameter parameter, int longest) {
        int length = parameters.path(parameter.property).asString("").length();
        return length >= 1 && length <= longest
                ? Optional.empty()
                : Optional.of(parameter.property + " must have 1 to " + longest + " characters.");
    }
}
