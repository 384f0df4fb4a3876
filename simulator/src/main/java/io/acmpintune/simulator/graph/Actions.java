package io.acmpintune.simulator.graph;

import java.time.Duration;
import java.util.Optional;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Answer;

/** Takes commands for devices, or refuses them as Graph and Intune do, in the order in which those look at a request. */
final class Actions {

    private static final int NOTIFICATIONS_AN_HOUR = 10;

    private final Tenant tenant;

    Actions(Tenant tenant) {
        this.tenant = tenant;
    }

    Answer run(Call call, Action action) {
        return switch (ActionParameters.parse(action, call.version(), call.request())) {
            case ActionParameters.Parsed.Refused(String message) ->
                GraphError.plain(call, 400, "BadRequest", message);
            case ActionParameters.Parsed.Accepted(ObjectNode parameters) ->
                tenant.find(call.request().parameter("id"))
                        .map(device -> run(call, action, device, parameters))
                        .orElseGet(() -> GraphError.noDevice(call));
        };
    }

    /** One command after the other, so that no limit is passed by two at once. */
    private synchronized Answer run(Call call, Action action, Device device, ObjectNode parameters) {
        Optional<Answer> refusal = unsupported(call, action, device)
                .or(() -> tooManyNotifications(call, action, device));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        tenant.execute(action, device, parameters);
        return Answer.empty(204);
    }

    /** Users report that Intune does not say why. */
    private static Optional<Answer> unsupported(Call call, Action action, Device device) {
        return action.supportedBy(device.row())
                ? Optional.empty()
                : Optional.of(GraphError.intune(call, 400, "BadRequest", "An error has occurred"));
    }

    /** That ten an hour are allowed is documented; how Intune refuses the eleventh is not, so this form is a guess. */
    private Optional<Answer> tooManyNotifications(Call call, Action action, Device device) {
        return action == Action.NOTIFY
                && tenant.notificationsSent(device, Duration.ofHours(1)) >= NOTIFICATIONS_AN_HOUR
                        ? Optional.of(GraphError.plain(call, 429, "TooManyRequests", "An error has occurred."))
                        : Optional.empty();
    }
}
