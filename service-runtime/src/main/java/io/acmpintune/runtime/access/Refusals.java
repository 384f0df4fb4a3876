package io.acmpintune.runtime.access;

import java.io.IOException;
import java.net.URI;
import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemWriter;

/** Writes the 401 and 403 responses. */
final class Refusals {

    private final RouteAccess access;
    private final JsonMapper json;

    Refusals(RouteAccess access, JsonMapper json) {
        this.access = access;
        this.json = json;
    }

    void unauthorized(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean given = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        ProblemWriter.write(response, json, Problem.of(ProblemKind.UNAUTHORIZED,
                given
                        ? "The service does not know the bearer token, or it was revoked."
                        : "The request has no bearer token.",
                "Send 'Authorization: Bearer <token>' with a token that the service's configuration lists."));
    }

    void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String needed = access.find(request).map(rule -> Role.sentence(rule.roles())).orElse("of nobody");
        Problem problem = Forbidden.because(request.getMethod() + " needs the role " + needed + " here; "
                + caller(request.getUserPrincipal()) + ".");
        ProblemWriter.write(response, json, problem.withInstance(URI.create(request.getRequestURI())));
    }

    private static String caller(Principal principal) {
        if (!(principal instanceof Authentication authentication)) {
            return "the caller has none";
        }
        Identity caller = Identity.of(authentication);
        return caller.key() + " has " + (caller.roles().isEmpty() ? "none" : Role.sentence(caller.roles()));
    }
}
