package io.acmpintune.engine.acmp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

/** A SICS that differs from the assumed one in everything that the dialect file says. */
class OtherDialectTest {

    private static final String USUAL = "/sics-dialect.yml";
    private static final String OTHER = "/other-sics-dialect.yml";
    private static final AcmpServer SERVER = new AcmpServer("ACMP-1", "acmp", "acmp");
    private static final List<IcqlRecord> CLIENTS = List.of(Records.client(1)
            .with("MacAddress", "")
            .with("ComputerSid", "")
            .with("ActiveDirectoryObjectId", "")
            .with("ClientType", "ctAndroid")
            .with("PrimaryIP", "")
            .with("DisplayIP", ""));

    @Test
    void everyValueOfTheOtherDialectDiffers() throws IOException {
        Map<String, Object> usual = leaves(USUAL);
        Map<String, Object> other = leaves(OTHER);
        usual.forEach((key, value) -> assertThat(other.get(key)).as(key).isNotEqualTo(value));
        // What stands below "fixed" differs by its names, and a parameter may travel in the path instead of the body.
        assertThat(other.keySet()).allMatch(key -> usual.containsKey(key) || key.contains(".fixed."));
        assertThat(usual.keySet())
                .allMatch(key -> other.containsKey(key) || key.contains(".fixed.") || key.contains(".fields."));
    }

    @Test
    void allCommandsWorkThroughSessionsThatEndAndRestarts() throws IOException {
        try (Simulator world = simulator(); AcmpGateway gateway = gateway(world, world.access().sicsPassword())) {
            Acmp acmp = gateway.open(SERVER);
            assertThatReply(acmp.saveClients(CLIENTS)).isDoneWith(CLIENTS);
            world.sics().endSessions();
            assertThatReply(acmp.saveClients(CLIENTS)).isDoneWith(CLIENTS);
            world.sics().restart();
            assertThatReply(acmp.saveClients(CLIENTS)).isDoneWith(CLIENTS);
            assertThat(world.sics().logins()).isEqualTo(3);
            assertThat(world.acmp("ACMP-1").clientCount()).isEqualTo(1);
            assertThat(world.requests().keySet()).isEqualTo(Set.of("PUT /api/login",
                    "PUT /api/routers/{virtual-router}",
                    "PUT /api/routers/{virtual-router}/queues", "PUT /api/messages", "PATCH /api/queues/{target}",
                    "PATCH /api/queues/{target}/removal", "POST /api/routers/{virtual-router}/removal"));
            acmp.close();
            assertThat(world.sics().broker().routers()).isEmpty();
            assertThat(world.sics().broker().targets()).isEmpty();
        }
    }

    @Test
    void refusalsAreUnderstood() throws IOException {
        try (Simulator world = simulator();
                AcmpGateway gateway = gateway(world, world.access().sicsPassword());
                AcmpGateway wrong = gateway(world, "wrong")) {
            assertThatReply(wrong.open(SERVER).saveClients(CLIENTS))
                    .isUnavailableFor(ConnectionProblem.Kind.WRONG_CREDENTIALS);
            assertThatReply(gateway.open(new AcmpServer("ACMP-2", "elsewhere", "acmp")).saveClients(CLIENTS))
                    .isUnavailableFor(ConnectionProblem.Kind.ADDRESS_UNKNOWN);
        }
    }

    private static Simulator simulator() throws IOException {
        try (InputStream file = file(OTHER)) {
            return Simulator.start(SimulatorOptions.defaults()
                    .withDevices(0)
                    .withSicsDialect(io.acmpintune.simulator.sics.SicsDialect.read(file)));
        }
    }

    private static AcmpGateway gateway(Simulator world, String password) throws IOException {
        try (InputStream file = file(OTHER)) {
            return new AcmpGateway(new SicsConnection(URI.create(world.httpUrl()), world.access().sicsUser(), password,
                    true, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                    SicsDialect.read(OTHER, file), null, InstantSource.system());
        }
    }

    private static Map<String, Object> leaves(String name) throws IOException {
        try (InputStream file = file(name)) {
            Map<String, Object> leaves = new HashMap<>();
            collect(new Yaml().load(file), "", leaves);
            return leaves;
        }
    }

    private static void collect(Object value, String path, Map<String, Object> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> collect(inner, path.isEmpty() ? key.toString() : path + "." + key, leaves));
        } else if (!List.of().equals(value)) {
            leaves.put(path, value);
        }
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(OtherDialectTest.class.getResourceAsStream(name), name);
    }
}
