package io.acmpintune.engine.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.safety.EmergencyStop;
import io.acmpintune.engine.safety.EmergencyStops;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** The emergency stop, of a workflow or of all. */
@RestController
class EmergencyStopController {

    private final EmergencyStops stops;

    EmergencyStopController(EmergencyStops stops) {
        this.stops = stops;
    }

    /**
     * The scope of a stop.
     *
     * @param workflow a workflow's name, or {@code *} for all
     */
    record Scope(@Nullable String workflow, @Nullable String reason) {

        String checked() {
            if (workflow == null || workflow.isBlank()) {
                throw InvalidRequest.of("workflow", "is missing; name a workflow, or * for all");
            }
            return workflow;
        }
    }

    /** Lists all stops, active or lifted, and which connectors have acknowledged them. */
    @GetMapping("/api/v1/emergency-stop")
    List<EmergencyStop> stops() {
        return stops.all();
    }

    /** Stops: after the answer, nothing more is handed to the connectors. */
    @PostMapping("/api/v1/emergency-stop")
    EmergencyStop stop(@RequestBody Scope scope, Identity caller) {
        return stops.stop(scope.checked(), scope.reason(), caller);
    }

    /** Asks for a stop to be lifted; the same call by a second person within an hour confirms it. */
    @PostMapping("/api/v1/emergency-stop/lift")
    EmergencyStop lift(@RequestBody Scope scope, Identity caller) {
        return stops.lift(scope.checked(), caller);
    }
}
