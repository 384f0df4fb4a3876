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
import io.acmpintune.engine.client.ClientDetails.Details;
import io.acmpintune.engine.client.ClientDetails.Knowledge;
import io.acmpintune.engine.client.UnknownClient;
import io.acmpintune.engine.console.ActionPage;
import io.acmpintune.engine.console.Frame;
import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.job.ClientAction;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.problem.ProblemException;

/** All that is known of one client: <em>Mobile Device Management › Mobile Device</em>. */
@Controller
class ClientDetailsController {

    private static final int NOT_FOUND = 404;

    private static final int ACTIONS_SHOWN = 20;

    private final ClientDetails clients;
    private final Jobs jobs;

    ClientDetailsController(ClientDetails clients, Jobs jobs) {
        this.clients = clients;
        this.jobs = jobs;
    }

    /** What was ordered for the client, and how good or bad it is where it stands. */
    record ActionView(ClientAction action, Tone tone) {}

    /**
     * What an ACMP server knows of the client.
     *
     * @param knowledge null = nothing yet
     * @param different how many fields it knows otherwise, or not at all
     */
    record ServerView(String server, @Nullable Knowledge knowledge, List<AcmpField> fields,
            long different) {}

    @GetMapping("/console/clients/{id}")
    String details(@ModelAttribute(name = "workflow", binding = false) Workflow workflow,
            @ModelAttribute(name = "frame", binding = false) Frame frame, @PathVariable UUID id, Model model) {
        Details details = clients.find(workflow.name(), id)
                .orElseThrow(() -> new ProblemException(UnknownClient.in(workflow.name(), id)));
        model.addAttribute("client", details);
        model.addAttribute("namesUser", details.device() == null
                || !workflow.personalData()
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

    private static ServerView view(Details details, String server) {
        Knowledge knowledge = details.servers()
                .stream()
                .filter(known -> known.server().equals(server))
                .findFirst()
                .orElse(null);
        List<AcmpField> fields = AcmpField.of(details.wanted(), knowledge == null ? null : knowledge.taken());
        return new ServerView(server, knowledge, fields, fields.stream().filter(AcmpField::differs).count());
    }
}
