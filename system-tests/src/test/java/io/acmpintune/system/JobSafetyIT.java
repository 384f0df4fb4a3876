package io.acmpintune.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.runtime.fixture.ApiCaller;
import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.graph.ApprovalStyle;
import io.acmpintune.simulator.graph.Tenant;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs with one idempotency key for many callers, jobs that need Intune's approval, and secrets of devices. */
@Order(7)
class JobSafetyIT {

    private static final int CALLERS = 200;

    @Test
    void oneKeyIsOneJobAndTargetsWaitForIntunesApproval() throws Exception {
        AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
        try (WebhookReceiver receiver = new WebhookReceiver();
                BothServices installation = BothServices.prepare(SimulatorOptions.defaults()
                        .withDevices(300)
                        .withCheckInDelay(Duration.ofMillis(100), Duration.ofMillis(300))
                        .withClock(() -> Instant.now().plus(later.get())),
                        new BothServices.Settings("""
                                actions: { follow-up: 1s, follow-up-at-most: 2s }
                                scanner: { details: true }""", "", "", receiver.configuration()))) {
            installation.start();
            installation.acknowledged("ACMP-1", 300);
            QueryActionCalls calls = new QueryActionCalls(installation);
            manyPostsWithOneKeyAreOneJob(installation, calls);
            approvalInIntune(installation, calls, later);
            secretsOfADeviceStayHidden(installation, calls);
        }
    }

    private static void manyPostsWithOneKeyAreOneJob(BothServices installation, QueryActionCalls calls)
            throws Exception {
        List<String> clients = calls.reachable(QueryActionCalls.SYNC, 40);
        Map<String, Object> body = QueryActionCalls.body(QueryActionCalls.SYNC, clients, "olga");
        ApiCaller olga = installation.engineAs(Person.OLGA);
        List<Callable<ApiCaller.Answer>> posts = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            posts.add(() -> olga.post("/api/v1/query-actions", body, Map.of("Idempotency-Key", "once")));
        }
        List<ApiCaller.Answer> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ApiCaller.Answer> reply : threads.invokeAll(posts)) {
                replies.add(reply.get());
            }
        }
        ApiCaller.Answer other = olga.post("/api/v1/query-actions",
                QueryActionCalls.body(QueryActionCalls.SYNC, clients.subList(0, 39), "olga"),
                Map.of("Idempotency-Key", "once"));

        assertThat(replies).extracting(ApiCaller.Answer::status).containsOnly(202);
        assertThat(replies).extracting(reply -> reply.text("id"))
                .hasSize(CALLERS)
                .containsOnly(replies.getFirst()
                        .text("id"));
        assertThat(olga.get("/api/v1/jobs").at("jobs")).hasSize(1);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("type")).endsWith("idempotency-key-reused");
        calls.allIn("done", replies.getFirst().text("id"));
        assertThat(installation.simulator().tenant().syncCommands()).isEqualTo(40);
    }

    private static void approvalInIntune(BothServices installation, QueryActionCalls calls,
            AtomicReference<Duration> later) throws Exception {
        Tenant tenant = installation.simulator().tenant();
        tenant.protect(Set.of("wipe"), ApprovalStyle.observed());
        List<String> clients = calls.reachable(QueryActionCalls.WIPE, 3);
        List<String> jobs = new ArrayList<>();
        for (String client : clients) {
            jobs.add(calls.ordered(Person.OLGA, Person.ADA, QueryActionCalls.WIPE, List.of(client)));
        }
        for (String job : jobs) {
            calls.allIn("awaiting-approval", job);
        }
        assertThat(tenant.totalExecutions("wipe")).as("wipes before the approval").isZero();
        tenant.approve(approvalOf(installation, calls, jobs.get(0)));
        tenant.reject(approvalOf(installation, calls, jobs.get(1)));

        calls.allIn("done", jobs.get(0));
        assertThat(problem(calls.allIn("refused", jobs.get(1)))).endsWith("approval-rejected");
        later.set(Duration.ofDays(3).plusMinutes(1));
        assertThat(problem(calls.allIn("expired", jobs.get(2)))).endsWith("approval-expired");
        assertThat(tenant.totalExecutions("wipe")).isEqualTo(1);
        for (String job : jobs) {
            assertThat(calls.job(job).path("state").asString("")).isEqualTo("FINISHED");
        }
        tenant.protect(Set.of(), ApprovalStyle.observed());
    }

    /** Returns the code of Intune's request for approval for a job's only target. */
    private static String approvalOf(BothServices installation, QueryActionCalls calls, String job) throws Exception {
        String device = calls.job(job).path("targets").path(0).path("device").asString("");
        return installation.simulator()
                .tenant()
                .approvals()
                .stream()
                .filter(approval -> approval.deviceId().equals(device))
                .findFirst()
                .orElseThrow()
                .code();
    }

    private static String problem(JsonNode job) {
        return job.path("targets").path(0).path("problem").path("type").asString("");
    }

    private static void secretsOfADeviceStayHidden(BothServices installation, QueryActionCalls calls)
            throws Exception {
        Canaries canaries = new Canaries(installation);
        canaries.code("the unlock code of a Mac", "918273");
        canaries.code("the code that opens an iPhone", bypassCode(installation));
        JsonNode mac = mac(installation);
        List<String> client = List.of(mac.path("clientId").asString(""));
        String lock = calls.order(Person.OTTO, QueryActionCalls.LOCK, client).text("id");
        calls.allIn("done", lock);
        // details include the PIN
        installation.scan();
        installation.pulled();
        ApiCaller.Answer pin = unlockPin(installation, calls, lock);
        assertThat(pin.text("value")).matches("[0-9]{6}");
        assertThat(unlockPin(installation, calls, lock).status()).as("the PIN is shown only once").isEqualTo(409);
        canaries.code("the PIN of a locked Mac", pin.text("value"));

        Map<String, Object> wipe = QueryActionCalls.body(QueryActionCalls.WIPE, client, "otto");
        wipe.put("parameters", Map.of("macOsUnlockCode", "918273"));
        ApiCaller.Answer ordered = installation.engineAs(Person.OTTO).post("/api/v1/query-actions", wipe);
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
        calls.allIn("done", ordered.text("id"));

        assertThat(installation.simulator()
                .tenant()
                .lastParameters("wipe", mac.path("device").asString(""))
                .orElseThrow()
                .path("macOsUnlockCode")
                .asString("")).isEqualTo("918273");
        canaries.assertNowhere();
        for (String job : List.of(lock, ordered.text("id"))) {
            for (String address : List.of("", "/targets?limit=1000", "/targets.csv")) {
                canaries.assertNoneIn(address, installation.engineAs(Person.ADA)
                        .get("/api/v1/jobs/" + job + address)
                        .body());
            }
        }
        for (String address : List.of("/api/v1/jobs", "/api/v1/audit?limit=1000", "/api/v1/audit.csv",
                "/api/v1/clients?limit=1000", "/api/v1/webhook-deliveries", "/actuator/health", "/actuator/info")) {
            canaries.assertNoneIn(address, installation.engineAs(Person.ADA).get(address).body());
        }
        for (String address : List.of("/actions/changes?limit=1000", "/devices/changes?limit=5000", "")) {
            canaries.assertNoneIn("the connector's " + address,
                    installation.connectorAsEngine().get(BothServices.CONNECTOR + address).body());
        }
    }

    private static String bypassCode(BothServices installation) {
        Tenant tenant = installation.simulator().tenant();
        return tenant.ids()
                .stream()
                .map(id -> tenant.details(id).orElseThrow().path("activationLockBypassCode").asString(""))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Requests the PIN that unlocks the Mac of a job's only target. */
    private static ApiCaller.Answer unlockPin(BothServices installation, QueryActionCalls calls, String job)
            throws Exception {
        String action = calls.job(job).path("targets").path(0).path("action").asString("");
        return installation.connectorAsEngine()
                .post(BothServices.CONNECTOR + "/actions/" + action + "/unlock-pin", Map.of("requestedBy", "otto"));
    }

    private static JsonNode mac(BothServices installation) throws Exception {
        Map<String, Object> body = QueryActionCalls.body(QueryActionCalls.WIPE, List.of(), "otto");
        body.remove("clientIds");
        body.put("filter", Map.of("operatingSystem", "macOS"));
        for (JsonNode mac : installation.engineAs(Person.OTTO)
                .post("/api/v1/query-actions/preview?show=reached&limit=100", body)
                .at("targets")) {
            if (!installation.simulator().tenant().neverChecksIn(mac.path("device").asString(""))) {
                return mac;
            }
        }
        throw new AssertionError("No Mac of the tenant answers");
    }
}
