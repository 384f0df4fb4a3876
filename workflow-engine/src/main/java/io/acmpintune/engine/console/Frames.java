package io.acmpintune.engine.console;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.MessageSource;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

import io.acmpintune.engine.console.signin.SignedInPerson;
import io.acmpintune.engine.person.Persons;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.engine.safety.EmergencyStops;
import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.workflow.UnknownWorkflow;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.engine.workflow.Workflows;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.problem.ProblemException;

/** Creates the frame of a page from its request. */
@Component
class Frames {

    static final String THEME_COOKIE = "console-theme";
    static final Set<String> THEMES = Set.of("auto", "light", "dark");
    private static final String ZONE_COOKIE = "console-zone";
    private static final List<Part> SECTIONS = List.of(new Part("overview", Role.all()),
            new Part("clients", Role.all()), new Part("jobs", Role.all()), new Part("approvals", Role.all()),
            new Part("plan", Role.all()), new Part("conflicts", Role.all()),
            new Part("audit", Set.of(Role.APPROVER, Role.ADMINISTRATOR)),
            new Part("access", Set.of(Role.APPROVER, Role.ADMINISTRATOR)),
            new Part("set-up", Set.of(Role.ADMINISTRATOR)));

    private final Workflows workflows;
    private final EmergencyStops stops;
    private final Approvals approvals;
    private final Locks locks;
    private final Persons persons;
    private final MessageSource messages;
    private final String version;

    Frames(Workflows workflows, EmergencyStops stops, Approvals approvals, Locks locks, Persons persons,
            MessageSource messages,
            ObjectProvider<BuildProperties> build) {
        this.workflows = workflows;
        this.stops = stops;
        this.approvals = approvals;
        this.locks = locks;
        this.persons = persons;
        this.messages = messages;
        this.version = Optional.ofNullable(build.getIfAvailable()).map(BuildProperties::getVersion).orElse("");
    }

    /** A section with the roles that may see it. */
    private record Part(String key, Set<Role> roles) {}

    Frame of(HttpServletRequest request) {
        Locale locale = RequestContextUtils.getLocale(request);
        Authentication person = request.getUserPrincipal() instanceof Authentication signedIn ? signedIn : null;
        String workflow = named(request).map(Workflow::name).orElseGet(() -> workflows.names().getFirst());
        Set<Role> roles = person == null ? Set.of() : Identity.of(person).roles();
        return new Frame(person == null ? null : SignedInPerson.of(person), roles, locale.getLanguage(), theme(request),
                Times.of(cookie(request, ZONE_COOKIE), locale), new Labels(messages, locale),
                person == null ? Persons.Names.NONE : persons.names(), workflows.names(),
                workflow, sections(request, roles, workflow), person == null ? List.of() : stops.active(),
                returnAddress(request), version);
    }

    /**
     * Returns the workflow that the request names, else the first.
     *
     * @throws ProblemException 404 for an unknown workflow
     */
    Workflow workflow(HttpServletRequest request) {
        String name = request.getParameter("workflow");
        if (name == null || name.isBlank()) {
            return workflows.all().getFirst();
        }
        if (request.getUserPrincipal() == null) {
            return named(request).orElseThrow(UnknownWorkflow::signedOut);
        }
        return workflows.require(name);
    }

    private Optional<Workflow> named(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("workflow")).flatMap(workflows::find);
    }

    private List<Frame.Section> sections(HttpServletRequest request, Set<Role> roles, String workflow) {
        String path = request.getRequestURI();
        return SECTIONS.stream().filter(part -> !Collections.disjoint(part.roles(), roles)).map(Part::key).map(key -> {
            String address = key.equals("overview") ? "/console" : "/console/" + key;
            boolean current = path.equals(address) || (!key.equals("overview") && path.startsWith(address + "/"));
            return new Frame.Section(key,
                    UriComponentsBuilder.fromPath(address).queryParam("workflow", workflow).encode().toUriString(),
                    current, key.equals("approvals") ? approvals.waiting() + locks.all().size() : 0);
        }).toList();
    }

    /** Returns the page above a form's result, which has no address of its own. */
    private static String returnAddress(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI();
        String page = request.getMethod().equals("POST") ? path.substring(0, path.lastIndexOf('/')) : path;
        return page + (query == null ? "" : "?" + query);
    }

    private static String theme(HttpServletRequest request) {
        String chosen = cookie(request, THEME_COOKIE);
        return chosen != null && THEMES.contains(chosen) ? chosen : "auto";
    }

    private static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, name);
        return cookie == null ? null : cookie.getValue().replace("%2F", "/");
    }
}
