package io.acmpintune.engine.console.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.acmpintune.engine.access.Access;
import io.acmpintune.engine.console.TwoPersonView;
import io.acmpintune.engine.person.Persons;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Revocation;

/** Shows who has signed in, signs people out, and revokes and returns accesses. */
@Controller
class AccessPageController {

    private static final String PAGE = "/console/access";

    private final Access access;
    private final Persons persons;

    AccessPageController(Access access, Persons persons) {
        this.access = access;
        this.persons = persons;
    }

    /** A revoked identity, and the progress of returning its access. */
    record Revoked(Revocation revocation, TwoPersonView turn) {}

    @GetMapping(PAGE)
    String page(Identity viewer, Model model) {
        List<Revocation> revoked = access.revoked();
        Set<String> identities = revoked.stream().map(Revocation::identity).collect(Collectors.toSet());
        model.addAttribute("revoked", revoked.stream()
                .map(revocation -> new Revoked(revocation, TwoPersonView.of(access.progress(revocation, viewer))))
                .toList());
        model.addAttribute("people", persons.signedIn()
                .stream()
                .filter(person -> !identities.contains(person.identity()))
                .toList());
        return "console/access";
    }

    @PostMapping(PAGE + "/revocation")
    String revoke(@ModelAttribute(name = "workflow", binding = false) Workflow shown, @RequestParam String identity,
            @RequestParam(required = false) @Nullable String reason, Identity caller, RedirectAttributes redirect) {
        access.revoke(identity.strip(), reason, caller);
        return done("access.revoked", shown, redirect);
    }

    @PostMapping(PAGE + "/return")
    String giveBack(@ModelAttribute(name = "workflow", binding = false) Workflow shown, @RequestParam String scope,
            Identity caller, RedirectAttributes redirect) {
        access.giveBack(scope, caller);
        boolean asked = access.revoked().stream().anyMatch(revocation -> revocation.identity().equals(scope));
        return done(asked ? "access.return-asked" : "access.returned", shown, redirect);
    }

    @PostMapping(PAGE + "/sessions")
    String endSessions(@ModelAttribute(name = "workflow", binding = false) Workflow shown,
            @RequestParam String identity, Identity caller, RedirectAttributes redirect) {
        access.endSessions(identity, caller);
        return done("access.signed-out", shown, redirect);
    }

    private static String done(String what, Workflow shown, RedirectAttributes redirect) {
        redirect.addAttribute("workflow", shown.name());
        redirect.addFlashAttribute("done", what);
        return "redirect:" + PAGE;
    }
}
