package io.acmpintune.system;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;

/** Orders, approves and observes query actions through the engine's API. */
final class QueryActionCalls {

    static final String WIPE = "WipeIntuneDevices";
    static final String RETIRE = "RetireIntuneDevices";
    static final String LOCK = "RemotelyLockIntuneDevices";
    static final String SYNC = "SynchronizeIntuneDevices";
    static final String NOTIFY = "SendIntuneNotification";

    private static final Set<String> FINAL = Set.of("FINISHED", "CANCELLED", "STOPPED");

    private final BothServices installation;

    QueryActionCalls(BothServices installation) {
        this.installation = installation;
    }

    /**
     * Returns the first clients that an action would reach and whose devices answer. Android is left out: Intune does not
     * report everything that decides which actions such a device supports, and refuses some of them.
     */
    List<String> reachable(String action, int count) throws IOException, InterruptedException {
        List<String> clients = reachable(action).entrySet()
                .stream()
                .filter(client -> answers(client.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (clients.size() < count) {
            throw new IllegalStateException("the tenant has only " + clients.size() + " devices for " + action);
        }
        return clients.subList(0, count);
    }

    /** Returns all clients that an action would reach, with their devices. */
    Map<String, String> reachable(String action) throws IOException, InterruptedException {
        Map<String, String> clients = new LinkedHashMap<>();
        String after = "";
        do {
            ApiCaller.Answer page = installation.engineAs(Person.OLGA)
                    .post("/api/v1/query-actions/preview?show=reached&limit=1000"
                            + (after.isEmpty() ? "" : "&after=" + after), preview(action));
            if (page.status() != 200) {
                throw new IllegalStateException("no preview: " + page.body());
            }
            page.at("targets")
                    .forEach(target -> clients.put(target.path("clientId").asString(""),
                            target.path("device").asString("")));
            after = page.text("next");
        } while (!after.isEmpty());
        return clients;
    }

    private boolean answers(String device) {
        Tenant tenant = installation.simulator().tenant();
        return !tenant.neverChecksIn(device)
                && tenant.device(device)
                        .filter(shown -> !shown.path("operatingSystem").asString("").startsWith("Android"))
                        .isPresent();
    }

    private static Map<String, Object> preview(String action) {
        Map<String, Object> body = body(action, List.of(), "olga");
        body.remove("clientIds");
        body.remove("confirmed");
        body.remove("confirmedCount");
        body.put("filter", Map.of());
        return body;
    }

    /** Returns a correctly confirmed request body. */
    static Map<String, Object> body(String action, List<String> clients, String requestedBy) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("queryAction", action);
        body.put("clientIds", clients);
        body.put("requestedBy", requestedBy);
        if (!action.equals(SYNC)) {
            body.put("confirmed", true);
            body.put("confirmedCount", clients.size());
        }
        if (action.equals(NOTIFY)) {
            body.put("parameters", Map.of("title", "Please note", "body", "The network is down tonight."));
        }
        return body;
    }

    ApiCaller.Answer order(Person person, String action, List<String> clients)
            throws IOException, InterruptedException {
        return installation.engineAs(person).post("/api/v1/query-actions", body(action, clients, person.text()));
    }

    ApiCaller.Answer approve(Person person, String job) throws IOException, InterruptedException {
        return installation.engineAs(person)
                .post("/api/v1/approvals/" + job + "/decision", Map.of("approve", true, "reason", "seen"));
    }

    /** Has one person order a job and, where needed, another one approve it. Returns the job's id. */
    String ordered(Person by, Person approver, String action, List<String> clients) throws Exception {
        ApiCaller.Answer reply = order(by, action, clients);
        if (reply.status() != 202) {
            throw new IllegalStateException("not accepted: " + reply.body());
        }
        if (reply.text("state").equals("AWAITING_APPROVAL")) {
            ApiCaller.Answer approval = approve(approver, reply.text("id"));
            if (approval.status() != 200) {
                throw new IllegalStateException("not approved: " + approval.body());
            }
        }
        return reply.text("id");
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return installation.engineAs(Person.VERA).get("/api/v1/jobs/" + id).json();
    }

    JsonNode ended(String job) throws Exception {
        return Await.until("job " + job + " has ended", () -> Optional.of(job(job))
                .filter(now -> FINAL.contains(now.path("state").asString(""))));
    }

    /** Waits until all targets of a job are in one state. */
    JsonNode allIn(String state, String job) throws Exception {
        return Await.until("all targets of " + job + " are " + state, () -> Optional.of(job(job))
                .filter(now -> now.path("targetCount").asInt(-1) == now.path("outcome").path(state).asInt(0)));
    }
}
