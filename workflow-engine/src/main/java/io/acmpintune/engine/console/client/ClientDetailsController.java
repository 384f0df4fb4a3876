package io.acmpintune.engine.console.client;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.client.ClientDetails;
import io.acmpintune.engine.client.ClientDetails.ServerState;
import io.acmpintune.engine.client.ClientReader;
import io.acmpintune.engine.client.UnknownClient;
import io.acmpintune.engine.console.ActionPage;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.job.ClientAction;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.problem.ProblemException;

/** Shows the details of a client: <em>Mobile Device Management › Mobile Device</em>. */
@Controller
class ClientDetailsController {

    private static final int ACTIONS_SHOWN = 20;

    private final ClientReader clients;
    private final Jobs jobs;

    ClientDetailsController(ClientReader clients, Jobs jobs) {
        this.clients = clients;
        this.jobs = jobs;
    }

    /** A query action on the client, with the tone of its state. */
    record ActionView(ClientAction action, Tone tone) {}

    /**
     * What an ACMP server has of the client.
     *
     * @param state null = nothing yet
     * @param different the number of fields that it does not have as desired
     */
    record ServerView(String server, @Nullable ServerState state, List<AcmpField> fields,
            long different) {}

    @GetMapping("/console/clients/{id}")
    String details(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable UUID id, Model model) {
        ClientDetails details = clients.find(workflow.name(), id)
                .orElseThrow(() -> new ProblemException(UnknownClient.in(workflow.name(), id)));
        model.addAttribute("client", details);
        model.addAttribute("userHidden", details.device() != null && workflow.personalData()
                .hides("userPrincipalName", details.device().properties().managedDeviceOwnerType()));
        model.addAttribute("groups", details.device() == null
                ? List.of()
                : PropertyGroups.of(details.device(), workflow.personalData(), frame));
        model.addAttribute("servers",
                workflow.servers().stream().map(AcmpServer::id).map(server -> view(details, server)).toList());
        model.addAttribute("actions", ActionPage.ALL);
        model.addAttribute("ordered", jobs.ofClient(workflow.name(), details.clientId(), ACTIONS_SHOWN)
                .stream()
                .map(action -> new ActionView(action, Tone.of(action.queryAction(), action.target().state())))
                .toList());
        return "console/client";
    }

    private static ServerView view(ClientDetails details, String server) {
        ServerState state = details.servers()
                .stream()
                .filter(one -> one.server().equals(server))
                .findFirst()
                .orElse(null);
        List<AcmpField> fields = AcmpField.of(details.desired(), state == null ? null : state.acknowledged());
        return new ServerView(server, state, fields, fields.stream().filter(AcmpField::differs).count());
    }
}
