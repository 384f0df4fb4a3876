package io.acmpintune.simulator.entra;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Json;
import io.acmpintune.simulator.web.Query;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;
import io.acmpintune.simulator.web.Route;
import io.acmpintune.simulator.web.Site;

/** The sign-in service: {@code POST /{tenant}/oauth2/v2.0/token} for the client credentials grant, and nothing else. */
public final class Entra implements Site {

    public static final String GRAPH = "https://graph.microsoft.com";

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Pattern TENANT = Pattern
            .compile("[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)+|\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Registration application;
    private final AccessTokens tokens;
    private final AssertionCheck assertions;
    private final InstantSource clock;
    private final AtomicLong issued = new AtomicLong();
    private final AtomicBoolean disabled = new AtomicBoolean();
    private final List<Route> routes = List.of(new Route("POST", "/{tenant}/oauth2/v2.0/token", this::token));

    public Entra(Registration application, AccessTokens tokens, InstantSource clock) {
        this.application = application;
        this.tokens = tokens;
        this.assertions = new AssertionCheck(application);
        this.clock = clock;
    }

    public long tokensIssued() {
        return issued.get();
    }

    /** Revokes all tokens issued until now; Graph responds to them with 401. */
    public void revokeTokens() {
        tokens.revoke();
    }

    /** Switches the application's service principal off or on, as an administrator can. */
    public void disableApplication(boolean off) {
        disabled.set(off);
    }

    @Override
    public boolean owns(String path) {
        return true;
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Response notFound(Request request) {
        return Response.text(404, "text/plain; charset=utf-8", "Not Found");
    }

    @Override
    public Response methodNotAllowed(Request request, Set<String> allowed) {
        return Refusal.invalidRequest(900561,
                "The endpoint only accepts " + String.join(", ", allowed) + " requests. Received a " + request.method()
                        + " request.")
                .answer(request, clock.instant());
    }

    private Response token(Request request) {
        Instant now = clock.instant();
        Query form = formOf(request);
        Optional<Refusal> refusal = tenant(request.parameter("tenant")).or(() -> grant(form))
                .or(() -> client(form))
                .or(() -> scope(request, form))
                .or(() -> credential(request, form, now));
        if (refusal.isPresent()) {
            return refusal.get().answer(request, now);
        }
        issued.incrementAndGet();
        ObjectNode body = Json.object();
        body.put("token_type", "Bearer");
        // Entra reports one second less than the token itself.
        body.put("expires_in", tokens.lifetime().toSeconds() - 1);
        body.put("ext_expires_in", tokens.lifetime().toSeconds() - 1);
        body.put("access_token", tokens.issue(application, resource(request, form).orElse(GRAPH),
                form.value("client_assertion").isPresent() ? "2" : "1"));
        return Response.json(200, body).withHeader("Cache-Control", "no-store, no-cache");
    }

    private static Query formOf(Request request) {
        boolean form = request.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return Query.parse(form ? request.bodyText() : "");
    }

    private Optional<Refusal> tenant(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            return Optional.of(Refusal.invalidRequest(900023, "Specified tenant identifier '" + tenant
                    + "' is neither a valid DNS name, nor a valid external domain."));
        }
        return tenant.equalsIgnoreCase(application.tenantId().toString())
                ? Optional.empty()
                : Optional.of(Refusal.invalidRequest(90002, "Tenant '" + tenant
                        + "' not found. Check to make sure you have "
                        + "the correct tenant ID and are signing into the correct cloud. Check with your subscription "
                        + "administrator, this may happen if there are no active subscriptions for the tenant."));
    }

    private static Optional<Refusal> grant(Query form) {
        Optional<String> grant = form.value("grant_type");
        if (grant.isEmpty()) {
            return Optional.of(Refusal.missingParameter("grant_type"));
        }
        return grant.get().equals("client_credentials")
                ? Optional.empty()
                : Optional.of(new Refusal(400, "unsupported_grant_type", 70003,
                        "The app requested an unsupported grant type '" + grant.get() + "'."));
    }

    private Optional<Refusal> client(Query form) {
        Optional<String> client = form.value("client_id");
        if (client.isEmpty()) {
            return Optional.of(Refusal.missingParameter("client_id"));
        }
        if (!client.get().equalsIgnoreCase(application.clientId().toString())) {
            return Optional.of(new Refusal(400, "unauthorized_client", 700016, "Application with identifier '"
                    + client.get()
                    + "' was not found in the directory 'Contoso'. This can happen if the application has "
                    + "not been installed by the administrator of the tenant or consented to by any user in the tenant. "
                    + "You may have sent your authentication request to the wrong tenant."));
        }
        return disabled.get()
                ? Optional.of(new Refusal(400, "unauthorized_client", 7000112,
                        "Application '" + application.clientId() + "'(ACMP Intune Connector) is disabled."))
                : Optional.empty();
    }

    private Optional<Refusal> scope(Request request, Query form) {
        Optional<String> scope = form.value("scope");
        if (scope.isEmpty()) {
            return Optional.of(Refusal.missingParameter("scope"));
        }
        return resource(request, form).isPresent()
                ? Optional.empty()
                : Optional.of(new Refusal(400, "invalid_scope", 1002012, "The provided value for scope " + scope.get()
                        + " is not valid. Client credential flows must have a scope value with /.default suffixed to the "
                        + "resource identifier (application ID URI)."));
    }

    /** Returns the resource of the scope: Graph by its own name or by the simulator's address. */
    private static Optional<String> resource(Request request, Query form) {
        for (String part : form.value("scope").orElse("").split(" ", -1)) {
            if (part.endsWith("/.default")) {
                String resource = part.substring(0, part.length() - "/.default".length());
                return resource.equals(GRAPH) || resource.equals(request.origin())
                        ? Optional.of(resource)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> credential(Request request, Query form, Instant now) {
        Optional<String> assertion = form.value("client_assertion");
        Optional<String> secret = form.value("client_secret");
        if (assertion.isPresent()) {
            if (!form.value("client_assertion_type").orElse("").equals(ASSERTION_TYPE)) {
                return Optional.of(Refusal.invalidRequest(50027, "JWT token is invalid or malformed. "
                        + "client_assertion_type must be '" + ASSERTION_TYPE + "'."));
            }
            return assertions.refusal(assertion.get(), request.origin() + request.path(), now);
        }
        if (secret.isEmpty()) {
            return Optional.of(Refusal.invalidClient(7000218, "The request body must contain the following parameter: "
                    + "'client_assertion' or 'client_secret'."));
        }
        if (!MessageDigest.isEqual(bytes(secret.get()), bytes(application.secret()))) {
            return Optional.of(Refusal.invalidClient(7000215, "Invalid client secret provided. Ensure the secret being "
                    + "sent in the request is the client secret value, not the client secret ID, for a secret added to app "
                    + "'" + application.clientId() + "'."));
        }
        return now.isBefore(application.secretExpires())
                ? Optional.empty()
                : Optional.of(Refusal.invalidClient(7000222, "The provided client secret keys for app '"
                        + application.clientId()
                        + "' are expired. Visit the Azure portal to create new keys for your app: "
                        + "https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: "
                        + "https://aka.ms/certCreds."));
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
