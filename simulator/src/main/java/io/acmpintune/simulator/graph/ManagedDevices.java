package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.web.Query;
import io.acmpintune.simulator.web.Request;
import io.acmpintune.simulator.web.Response;

/** Lists, counts and reads managed devices. */
final class ManagedDevices {

    static final String PATH = "/deviceManagement/managedDevices";

    private static final int LARGEST_PAGE = 1000;
    private static final String CONTEXT = "https://graph.microsoft.com/%s/$metadata#deviceManagement/managedDevices";
    private static final Set<String> OPTIONS = Set.of("$top", "$skip", "$search", "$filter", "$count", "$orderby",
            "$select", "$expand", "$skiptoken");

    private final Tenant tenant;
    private final ListQuirks quirks;
    private final Runnable revocation;

    /** @param revocation revokes all tokens issued until then */
    ManagedDevices(Tenant tenant, Runnable revocation) {
        this.tenant = tenant;
        this.quirks = tenant.lists();
        this.revocation = revocation;
    }

    /** What all pages of a request have in common. */
    private record Page(Selection selection, Predicate<Device> condition, int top, int skip,
            @Nullable Position after) {}

    Response list(GraphCall call) {
        Query query = call.request().query();
        Optional<String> unknown = query.names()
                .stream()
                .filter(n -> n.startsWith("$") && !OPTIONS.contains(n))
                .findFirst();
        if (unknown.isPresent()) {
            return badRequest(call, "The query parameter '" + unknown.get() + "' is not supported.");
        }
        return switch (Selection.parse(query.value("$select"), call.version())) {
            case Selection.Parsed.Refused(String message) -> badRequest(call, message);
            case Selection.Parsed.Selected(Selection selection) ->
                filtered(call, condition -> list(call, selection, condition));
        };
    }

    Response count(GraphCall call) {
        return filtered(call, condition -> Response.text(200, "text/plain",
                Integer.toString(tenant.page(null, Integer.MAX_VALUE, condition).size())));
    }

    Response read(GraphCall call) {
        Optional<Device> device = tenant.find(call.request().parameter("id"));
        if (device.isEmpty()) {
            return GraphError.noDevice(call);
        }
        return switch (Selection.parse(call.request().query().value("$select"), call.version())) {
            case Selection.Parsed.Refused(String message) -> badRequest(call, message);
            case Selection.Parsed.Selected(Selection selection) -> Response.json(200, json -> {
                json.writeStartObject();
                json.writeStringProperty("@odata.context",
                        CONTEXT.formatted(call.version().segment()) + selection.contextSuffix() + "/$entity");
                writeProperties(json, device.get(), selection, true);
                json.writeEndObject();
            });
        };
    }

    private interface Listing {
        Response of(Predicate<Device> condition);
    }

    private Response filtered(GraphCall call, Listing listing) {
        if (quirks.unfiltered()) {
            return listing.of(device -> true);
        }
        return switch (Filter.parse(call.request().query().value("$filter"))) {
            case Filter.Parsed.Applied(Predicate<Device> condition) -> listing.of(condition);
            case Filter.Parsed.Ignored() -> listing.of(device -> true);
            case Filter.Parsed.Refused(String message) -> badRequest(call, message);
            case Filter.Parsed.Broken() ->
                GraphError.intune(call, 500, "InternalServerError", "An internal server error has occurred");
        };
    }

    private Response list(GraphCall call, Selection selection, Predicate<Device> condition) {
        Query query = call.request().query();
        Optional<SkipToken> token = query.value("$skiptoken").flatMap(SkipToken::parse);
        if (query.value("$skiptoken").isPresent() && token.isEmpty()) {
            return badRequest(call, "Skip token is invalid.");
        }
        if (token.isPresent() && quirks.linkHasExpired()) {
            return GraphError.intune(call, 400, "BadRequest", "Skip token has expired");
        }
        for (String option : List.of("$top", "$skip")) {
            if (query.value(option).filter(value -> !value.matches("\\d{1,9}")).isPresent()) {
                return badRequest(call, "Invalid value '" + query.value(option).get() + "' for " + option
                        + " query option found. The " + option
                        + " query option requires a non-negative integer value.");
            }
        }
        int top = Math.min(LARGEST_PAGE, number(query, "$top", LARGEST_PAGE));
        return page(call, new Page(selection, condition, top, number(query, "$skip", 0),
                token.map(t -> new Position(t.lastName(), t.lastId())).orElse(null)));
    }

    private Response page(GraphCall call, Page page) {
        List<Device> found = tenant.page(page.after(), page.top() + 1, page.condition().and(quirks::shows));
        boolean more = found.size() > page.top() && page.top() > 0;
        List<Device> fitting = found.subList(0, Math.min(found.size(), page.top()));
        // Users report that $skip finds nothing beyond the first page.
        List<Device> devices = repeated(page, fitting.subList(Math.min(page.skip(), fitting.size()), fitting.size()));
        Optional<String> link = link(call.request(), page, devices, more);
        if (quirks.lastBeforeRevocation()) {
            revocation.run();
        }
        return Response.json(200, json -> {
            json.writeStartObject();
            json.writeStringProperty("@odata.context",
                    CONTEXT.formatted(call.version().segment()) + page.selection().contextSuffix());
            json.writeNumberProperty("@odata.count", devices.size());
            link.ifPresent(next -> json.writeStringProperty("@odata.nextLink", next));
            json.writeArrayPropertyStart("value");
            for (Device device : devices) {
                json.writeStartObject();
                writeProperties(json, device, page.selection(), false);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private List<Device> repeated(Page page, List<Device> devices) {
        Position after = page.after();
        if (after == null || !quirks.repeating()) {
            return devices;
        }
        return Stream.concat(tenant.find(after.id()).stream(), devices.stream()).toList();
    }

    private Optional<String> link(Request request, Page page, List<Device> devices, boolean more) {
        if (devices.isEmpty()) {
            return Optional.empty();
        }
        Position last = devices.getLast().position();
        return switch (quirks.links()) {
            case HONEST -> more ? Optional.of(nextLink(request, last)) : Optional.empty();
            case LOOPING -> Optional.of(nextLink(request, page.after() == null ? last : page.after()));
            case ENDLESS -> Optional.of(nextLink(request, more ? last : new Position("", ""))
                    + "&round=" + quirks.nextRound());
        };
    }

    private void writeProperties(JsonGenerator json, Device device, Selection selection, boolean singleRead) {
        Optional<ListQuirks.Malformation> malformation = quirks.of(device);
        if (malformation.isEmpty()) {
            device.write(json, selection, singleRead);
            return;
        }
        ObjectNode row = device.json(selection, singleRead);
        malformation.get().apply(row);
        row.forEachEntry((property, value) -> {
            json.writeName(property);
            json.writeTree(value);
        });
    }

    /** Returns the link to the next page; names are percent-encoded completely. */
    private static String nextLink(Request request, Position last) {
        var link = new StringBuilder(request.origin()).append(request.path()).append('?');
        request.query().values().forEach((name, value) -> {
            if (!name.equals("$skiptoken") && !name.equals("$skip") && !name.equals("round")) {
                link.append(Query.encode(name).replace("%24", "$")).append('=').append(Query.encode(value)).append('&');
            }
        });
        return link.append("$skiptoken=").append(Query.encode(new SkipToken(last.name(), last.id()).text())).toString();
    }

    private static int number(Query query, String option, int otherwise) {
        return query.value(option).map(Integer::parseInt).orElse(otherwise);
    }

    private static Response badRequest(GraphCall call, String message) {
        return GraphError.plain(call, 400, "BadRequest", message);
    }
}
