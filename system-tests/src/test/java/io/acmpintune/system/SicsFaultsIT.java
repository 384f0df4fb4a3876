package io.acmpintune.system;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import io.acmpintune.simulator.SimulatorOptions;
import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.ReplyFault;
import io.acmpintune.simulator.acmp.ReplyFault.Flaw;
import io.acmpintune.simulator.acmp.ServerFaults;
import io.acmpintune.simulator.demo.Await;
import io.acmpintune.simulator.graph.Tenant;
import io.acmpintune.simulator.sics.PublishFault;
import io.acmpintune.simulator.sics.Sics;
import io.acmpintune.simulator.web.Fault;
import io.acmpintune.simulator.web.Faults;

import static org.assertj.core.api.Assertions.assertThat;

/** Exposes one engine, without a restart, to every fault of SICS and ACMP. */
@Order(5)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SicsFaultsIT {

    private static final int DEVICES = TestSize.isFull() ? 2_000 : 1_000;
    private static final Duration OUTAGE = Duration.ofSeconds(TestSize.isFull() ? 20 : 5);
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(2);
    private static final String LOOK_UP = "GetClientId";
    private static final String SAVE = "SaveClients";
    private static final String SAVE_DEVICES = "SaveMobileDevices";

    private BothServices installation;
    private AcmpServer acmp;
    private Tenant tenant;

    @BeforeAll
    void prepare() throws Exception {
        installation = BothServices.prepare(SimulatorOptions.defaults().withDevices(DEVICES),
                new BothServices.Settings("", "reply-timeout: " + REPLY_TIMEOUT.toMillis() + "ms",
                        "batch-size: " + DEVICES / 20));
        acmp = installation.simulator().acmp("ACMP-1");
        tenant = installation.simulator().tenant();
    }

    @AfterAll
    void stop() throws Exception {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    @Order(1)
    void anImportSurvivesEveryFaultWithoutLossesOrDuplicates() throws Exception {
        ServerFaults replies = acmp.faults();
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Lost());
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Malformed(Flaw.TRUNCATED));
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Refused(18));
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Duplicated());
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Foreign());
        replies.after(LOOK_UP, DEVICES / 20, new ReplyFault.Refused(7));
        replies.after(SAVE, 1, new ReplyFault.Lost());
        replies.after(SAVE, 1, new ReplyFault.Refused(19));
        replies.after(SAVE, 1, new ReplyFault.Malformed(Flaw.NO_RESULT));
        replies.after(SAVE, 1, new ReplyFault.Duplicated());
        replies.after(SAVE, 1, new ReplyFault.Refused(32));
        replies.after(SAVE, 1, new ReplyFault.Refused(35));
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Late(REPLY_TIMEOUT.plusMillis(500)));
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Held());
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Refused(-1));
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Malformed(Flaw.NOT_BASE64));
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Foreign());
        replies.after(SAVE_DEVICES, 1, new ReplyFault.Refused(26));
        Faults calls = installation.simulator().faults();
        calls.after("POST /Publish", DEVICES / 10, new Fault.ReplyAfter(new Fault.Reply(500, Map.of(), "")));
        calls.after("POST /Publish", DEVICES * 3 / 20, new Fault.DropAfter());
        calls.after("POST /Consume", DEVICES * 3 / 20, new Fault.Halve());
        Sics sics = installation.simulator().sics();
        Queue<Step> steps = new ArrayDeque<>(List.of(new Step(DEVICES / 20, sics::endSessions),
                new Step(DEVICES / 10, () -> sics.faults().afterPublish(1, PublishFault.SESSIONS_END)),
                new Step(DEVICES / 5, sics::restart),
                new Step(DEVICES * 3 / 10, () -> sics.faults().afterPublish(1, PublishFault.RESTART)),
                new Step(DEVICES * 3 / 5, () -> sics.faults().fail(OUTAGE))));

        installation.start();
        Await.until("every client is acknowledged", () -> {
            while (!steps.isEmpty() && acmp.clientCount() >= steps.element().clients()) {
                steps.remove().event().run();
            }
            if (acmp.faults().held() > 0 && acmp.clientCount() >= DEVICES / 2) {
                acmp.faults().release();
            }
            return installation.publication("ACMP-1").path("acknowledged").asInt() == DEVICES
                    ? Optional.of(true)
                    : Optional.empty();
        });

        assertThat(steps).isEmpty();
        assertThat(acmp.faults().pending()).isEmpty();
        assertThat(acmp.faults().happened()).containsOnlyKeys(LOOK_UP, SAVE, SAVE_DEVICES)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(6));
        assertThat(calls.pending()).isEmpty();
        assertThat(sics.faults().pending()).isZero();
        ExpectedAcmp.assertEqual(acmp, tenant);
        assertThat(installation.publication("ACMP-1").path("parked").asInt()).isZero();
    }

    @Test
    @Order(2)
    void refusedClientsAreParkedWithTheReasonUntilAPersonRetriesThem() throws Exception {
        List<String> withoutLicence = List.of(enrol(), enrol(), enrol());
        String refused = tenant.ids().get(DEVICES / 2);
        acmp.refusals().licence(DEVICES);
        acmp.refusals().refuse(SAVE_DEVICES, "IntuneDeviceId", Pattern.compile(Pattern.quote(refused)), 35);
        upgrade(refused);
        upgrade(tenant.ids().get(DEVICES / 2 + 1));
        installation.scan();
        List<JsonNode> parked = Await.until("four clients are parked",
                () -> Optional.of(parked()).filter(all -> all.size() == 4));

        assertThat(parked).filteredOn(client -> client.path("code").asInt() == 32)
                .hasSize(3)
                .allSatisfy(client -> {
                    assertThat(client.path("reason").asString()).startsWith("No ACMP licence");
                    assertThat(withoutLicence).contains(client.path("device").asString());
                });
        assertThat(parked).filteredOn(client -> client.path("code").asInt() == 35)
                .singleElement()
                .satisfies(client -> {
                    assertThat(client.path("device").asString()).isEqualTo(refused);
                    assertThat(client.path("request").asString()).contains(refused);
                });
        assertThat(acmp.clientCount()).isEqualTo(DEVICES);

        acmp.refusals().clear();
        installation.engine().api().post(BothServices.WORKFLOW + "/parked/retry", Map.of(), Map.of());
        installation.acknowledged("ACMP-1", DEVICES + 3);
        assertThat(parked()).isEmpty();
        ExpectedAcmp.assertEqual(acmp, tenant);
    }

    @Test
    @Order(3)
    void aClientDeletedInAcmpIsCreatedAgainWhenItsDeviceChanges() throws Exception {
        String device = tenant.ids().get(7);
        String client = acmp.mobileDevices()
                .entrySet()
                .stream()
                .filter(known -> device.equals(known.getValue().get("IntuneDeviceId")))
                .findFirst()
                .orElseThrow()
                .getKey();
        int clients = acmp.clientCount();
        acmp.deleteClient(client);
        upgrade(device);
        upgrade(tenant.ids().get(8));
        installation.scan();
        Await.untilTrue("the client exists again",
                () -> acmp.mobileDevice(client).isPresent());
        installation.acknowledged("ACMP-1", clients);

        ExpectedAcmp.assertEqual(acmp, tenant);
    }

    /** A fault of SICS that happens as soon as ACMP has this many clients. */
    private record Step(int clients, Runnable event) {}

    private String enrol() {
        String id = UUID.randomUUID().toString();
        ObjectNode device = tenant.device(tenant.ids().getFirst()).orElseThrow();
        device.put("id", id)
                .put("deviceName", "new " + id)
                .put("serialNumber", id.substring(24))
                .put("azureADDeviceId", UUID.randomUUID().toString())
                .put("managedDeviceName", "new " + id);
        tenant.add(device);
        return id;
    }

    private void upgrade(String device) {
        tenant.change(device, JsonNodeFactory.instance.objectNode().put("osVersion", "99.9"));
    }

    private List<JsonNode> parked() throws Exception {
        List<JsonNode> parked = new ArrayList<>();
        installation.engine()
                .api()
                .get(BothServices.WORKFLOW + "/parked")
                .path("clients")
                .forEach(parked::add);
        return parked;
    }
}
