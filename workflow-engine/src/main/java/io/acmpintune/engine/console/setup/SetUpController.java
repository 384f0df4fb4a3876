package io.acmpintune.engine.console.setup;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.inventory.DeviceSample;
import io.acmpintune.engine.verification.ConnectorVerification;
import io.acmpintune.engine.verification.ConnectorVerification.Answer;
import io.acmpintune.engine.verification.SicsVerification;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorStatus;
import io.acmpintune.model.verification.ConnectionReport;
import io.acmpintune.model.verification.ConnectionReport.Outcome;
import io.acmpintune.runtime.problem.ProblemException;

/** Guides through setting up a connector and a workflow. */
@Controller
class SetUpController {

    private static final int SAMPLE = 10;

    private final ConnectorVerification connectors;
    private final SicsVerification sics;
    private final DeviceSample sample;

    SetUpController(ConnectorVerification connectors, SicsVerification sics, DeviceSample sample) {
        this.connectors = connectors;
        this.sics = sics;
        this.sample = sample;
    }

    /** @param forward whether to go to the next step, which shows the faults of this one */
    @GetMapping("/console/set-up")
    String step(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters, @RequestParam(defaultValue = "false") boolean forward,
            Model model) {
        SetUpState state = SetUpState.read(workflow, parameters);
        Step reachable = state.reachable(workflow);
        if (reachable != state.step()) {
            return page(workflow, state.at(reachable), state.faults(reachable, workflow), null, model);
        }
        Map<String, String> faults = forward ? state.faults(state.step(), workflow) : Map.of();
        if (forward && faults.isEmpty()) {
            return "redirect:" + state.address(state.step().next());
        }
        return page(workflow, state, faults, null, model);
    }

    /** Checks the prerequisites: the connector-service, SICS and the ACMP servers. */
    @PostMapping("/console/set-up/prerequisites")
    String prerequisites(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters, Model model) {
        SetUpState state = SetUpState.read(workflow, parameters).at(Step.PREREQUISITES);
        return page(workflow, state, Map.of(),
                Check.all(Check.of(connectors.status(workflow), workflow, state.value("connector")),
                        Check.of(sics.verify())),
                model);
    }

    /** Verifies the configured connector, or the entered one with a credential for this check only. */
    @PostMapping("/console/set-up/connection")
    String connection(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters, @RequestParam(defaultValue = "false") boolean configured,
            @ModelAttribute(binding = true) TypedCredential credential, Model model) {
        SetUpState state = SetUpState.read(workflow, parameters).at(Step.CONNECTION);
        Step reachable = state.reachable(workflow);
        if (!configured && reachable != Step.CONNECTION) {
            return page(workflow, state.at(reachable), state.faults(reachable, workflow), null, model);
        }
        Answer<ConnectionReport> answer = configured
                ? connectors.verify(workflow)
                : connectors.verify(workflow, credential.with(state));
        return page(workflow, state, Map.of(), Check.of(answer), model);
    }

    /** Shows the connector's first devices as ACMP would receive them. */
    @GetMapping("/console/set-up/sample")
    String sample(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @RequestParam Map<String, String> parameters, Model model) {
        model.addAttribute("state", SetUpState.read(workflow, parameters).at(Step.FINISH));
        model.addAttribute("connector", workflow.connector());
        model.addAttribute("devices", List.of());
        try {
            model.addAttribute("devices", sample.first(workflow, SAMPLE));
        } catch (ProblemException e) {
            model.addAttribute("refusal", e.problem());
        }
        return "console/set-up-sample";
    }

    private String page(Workflow workflow, SetUpState state, Map<String, String> faults, @Nullable List<Check> checks,
            Model model) {
        model.addAttribute("state", state);
        model.addAttribute("steps", Step.values());
        model.addAttribute("faults", faults);
        model.addAttribute("checks", checks);
        model.addAttribute("failures", checks == null
                ? 0
                : checks.stream().filter(check -> check.outcome() == Outcome.FAILED).count());
        model.addAttribute("servers", workflow.servers().stream().map(AcmpServer::id).toList());
        model.addAttribute("connectorUrl", workflow.connectorUrl().toString());
        model.addAttribute("configuredConnector", workflow.connector());
        model.addAttribute("clouds", SetUpState.CLOUDS);
        model.addAttribute("known", known(workflow, state).orElse(null));
        model.addAttribute("fragments", state.step() == Step.FINISH ? Fragments.of(state, workflow) : null);
        return "console/set-up";
    }

    /** Returns the configuration of the workflow's connector, to show next to the entered values. */
    private Optional<ConnectorStatus> known(Workflow workflow, SetUpState state) {
        boolean wanted = (state.step() == Step.AUTHENTICATION || state.step() == Step.SCANNER)
                && state.value("connector").equals(workflow.connector());
        return wanted && connectors.status(workflow) instanceof Answer.Received<ConnectorStatus>(var status)
                ? Optional.of(status)
                : Optional.empty();
    }
}
