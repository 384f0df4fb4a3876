package io.acmpintune.engine.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.inventory.ClientChangeListener;
import io.acmpintune.engine.inventory.DecisionRequest;
import io.acmpintune.engine.inventory.DeviceDecisions;
import io.acmpintune.engine.inventory.DeviceMatches;
import io.acmpintune.engine.inventory.UnknownDevice;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.runtime.access.Identity;

/** Shows which client a device is, lists conflicts, and takes decisions. */
@RestController
class ConflictController {

    private final Workflows workflows;
    private final DeviceMatches devices;
    private final DeviceDecisions decisions;
    private final ClientChangeListener listener;

    ConflictController(Workflows workflows, DeviceMatches devices, DeviceDecisions decisions,
            ClientChangeListener listener) {
        this.workflows = workflows;
        this.devices = devices;
        this.decisions = decisions;
        this.listener = listener;
    }

    /** A page of conflicts; {@code next} is the {@code after} of the next page, null after the last. */
    record ConflictPage(List<DeviceMatches.Conflict> conflicts, @Nullable String next) {}

    @GetMapping("/api/v1/conflicts")
    ConflictPage conflicts(@RequestParam(required = false) @Nullable String workflow,
            @RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "100") int limit) {
        Parameters.limit(limit);
        List<DeviceMatches.Conflict> page = devices.conflicts(workflows.requireOrOnly(workflow), after, limit);
        return new ConflictPage(page, page.size() < limit ? null : page.getLast().device().device());
    }

    @GetMapping("/api/v1/devices/{workflow}/{device}")
    DeviceMatches.DeviceMatch device(@PathVariable String workflow, @PathVariable String device) {
        return match(workflows.require(workflow), device);
    }

    /** Takes a decision and returns the device after it. */
    @PostMapping("/api/v1/devices/{workflow}/{device}/decision")
    DeviceMatches.DeviceMatch decide(@PathVariable String workflow, @PathVariable String device,
            @RequestBody DecisionRequest request, Identity caller) {
        Workflow found = workflows.require(workflow);
        decisions.decide(found.name(), id(found, device), request, caller.key());
        listener.clientsChanged(found);
        return match(found, device);
    }

    private DeviceMatches.DeviceMatch match(Workflow workflow, String device) {
        return devices.find(workflow, id(workflow, device))
                .orElseThrow(() -> UnknownDevice.in(workflow.name(), device));
    }

    private static DeviceId id(Workflow workflow, String text) {
        try {
            return new DeviceId(text);
        } catch (IllegalArgumentException _) {
            throw UnknownDevice.in(workflow.name(), text);
        }
    }
}
