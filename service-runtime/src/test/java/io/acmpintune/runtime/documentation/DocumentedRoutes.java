package io.acmpintune.runtime.documentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.acmpintune.runtime.access.Role;

/** The routes in {@code docs/api.md} with their roles. */
public final class DocumentedRoutes {

    private static final Path PAGE = Path.of("../docs/api.md");

    private DocumentedRoutes() {}

    /** Returns the routes of a service, such as {@code GET /api/v1/jobs}, with the roles that may use them. */
    public static Map<String, Set<Role>> of(String service) throws IOException {
        Map<String, Set<Role>> routes = new TreeMap<>();
        for (List<String> row : DocumentedTable.rows(PAGE, service)) {
            String route = DocumentedTable.code(row.getFirst());
            if (route.contains(" /")) {
                routes.put(route, roles(row.get(1), service));
            }
        }
        return routes;
    }

    private static Set<Role> roles(String cell, String service) {
        Set<Role> all = service.equals("connector-service") ? Role.ofConnector() : Role.all();
        return cell.equals("all")
                ? all
                : Arrays.stream(cell.split(", "))
                        .map(role -> Role.read(role, all).orElseThrow())
                        .collect(Collectors.toSet());
    }
}
