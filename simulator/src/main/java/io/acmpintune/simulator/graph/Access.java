package io.acmpintune.simulator.graph;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.acmpintune.simulator.entra.AccessTokens;
import io.acmpintune.simulator.entra.Entra;
import io.acmpintune.simulator.web.Response;

/** Authorizes calls by their token and its roles. Source: Graph's permission table. */
final class Access {

    private final AccessTokens tokens;

    Access(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** The permission that a call needs; the least privileged role comes first, as in Graph's documentation. */
    enum Permission {
        ANY, READ, OPERATE, WIPE, NOTIFY, READ_APPROVALS;

        private List<String> roles() {
            return switch (this) {
                case ANY -> List.of();
                case READ -> List.of("DeviceManagementManagedDevices.Read.All",
                        "DeviceManagementManagedDevices.ReadWrite.All", "DeviceManagementConfiguration.Read.All",
                        "DeviceManagementConfiguration.ReadWrite.All");
                case OPERATE -> List.of("DeviceManagementManagedDevices.PrivilegedOperations.All");
                case WIPE -> List.of("DeviceManagementManagedDevices.ReadWrite.All",
                        "DeviceManagementManagedDevices.PrivilegedOperations.All",
                        "DeviceManagementConfiguration.ReadWrite.All");
                case NOTIFY -> List.of("DeviceManagementConfiguration.ReadWrite.All",
                        "DeviceManagementManagedDevices.ReadWrite.All");
                case READ_APPROVALS -> List.of("DeviceManagementConfiguration.Read.All",
                        "DeviceManagementConfiguration.ReadWrite.All", "DeviceManagementRBAC.Read.All",
                        "DeviceManagementRBAC.ReadWrite.All");
            };
        }
    }

    /** The calling application, or the refusal. */
    sealed interface Admission {

        /** @param application client id */
        record Admitted(String application) implements Admission {}

        record Refused(Response answer) implements Admission {}
    }

    Admission admit(GraphCall call, Permission permission) {
        Optional<String> bearer = call.request()
                .header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip());
        if (bearer.isEmpty() || bearer.get().isEmpty()) {
            return unauthorized(call, "Access token is empty.");
        }
        return switch (tokens.check(bearer.get(), Set.of(Entra.GRAPH, call.request().origin()))) {
            case AccessTokens.Check.Malformed() ->
                unauthorized(call, "IDX14100: JWT is not well formed, there are no dots (.).");
            case AccessTokens.Check.BadSignature() ->
                unauthorized(call, "Access token validation failure. Invalid signature.");
            case AccessTokens.Check.Expired() ->
                unauthorized(call, "Lifetime validation failed, the token is expired.");
            case AccessTokens.Check.Revoked() ->
                unauthorized(call, "Access token has expired or is not yet valid.");
            case AccessTokens.Check.WrongAudience(String audience) ->
                unauthorized(call, "Access token validation failure. Invalid audience.");
            case AccessTokens.Check.Valid(String application, Set<String> roles) -> permitted(roles, permission)
                    ? new Admission.Admitted(application)
                    : new Admission.Refused(GraphError.intune(call, 403, "Forbidden",
                            "Application is not authorized to perform this "
                                    + "operation. Application must have one of the following scopes: "
                                    + String.join(", ", permission.roles())));
        };
    }

    private static boolean permitted(Set<String> roles, Permission permission) {
        return permission == Permission.ANY || !Collections.disjoint(roles, permission.roles());
    }

    private static Admission unauthorized(GraphCall call, String message) {
        return new Admission.Refused(GraphError.plain(call, 401, "InvalidAuthenticationToken", message)
                .withHeader("WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/"
                                + "common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\""));
    }
}
