package io.acmpintune.engine.acmp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.acmpintune.engine.acmp.icql.AcmpDate;
import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.icql.SchemaField;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.simulator.Simulator;
import io.acmpintune.simulator.SimulatorOptions;

import static io.acmpintune.engine.acmp.AcmpReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

/** The whole package against a SICS and an ACMP that know nothing of it, over TLS with a private authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcmpAgainstSimulatorTest {

    private static final AcmpServer SERVER = new AcmpServer("ACMP-1", "acmp", "acmp");

    private final Simulator world = start();
    private final AcmpGateway gateway = new AcmpGateway(connection(), SicsDialect.standard(), trust(),
            InstantSource.system());
    private final Acmp acmp = gateway.open(SERVER);

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        assertThat(world.sics().broker().targets()).isEmpty();
        world.close();
    }

    @Test
    void theServerHasTheCommandsInTheVersionUsedHere() {
        AcmpReply<CommandVersions> reply = acmp
                .commandVersions(List.of("SaveClients", "SaveMobileDevices", "Nonsense"));
        assertThat(reply).isInstanceOfSatisfying(AcmpReply.Done.class,
                done -> assertThat(done.value()).isInstanceOfSatisfying(CommandVersions.class, versions -> {
                    assertThat(versions.offers("SaveClients", 1)).isTrue();
                    assertThat(versions.offers("SaveMobileDevices", 1)).isTrue();
                    assertThat(versions.byCommand()).doesNotContainKey("Nonsense");
                }));
    }

    @Test
    void theServersSchemaTellsItsFields() {
        AcmpReply<CommandSchemas> reply = acmp.commandSchemas(List.of("SaveClients", "SaveMobileDevices"));
        if (!(reply instanceof AcmpReply.Done(var schemas))) {
            throw new AssertionError(reply);
        }
        assertThat(schemas.fields(RecordCommand.SAVE_CLIENTS, 1).orElseThrow())
                .contains(new SchemaField("ComputerName", true))
                .hasSize(9);
        assertThat(schemas.fields(RecordCommand.SAVE_MOBILE_DEVICES, 1).orElseThrow())
                .contains(new SchemaField("IntuneDeviceId", true), new SchemaField("Notes", false))
                .hasSizeGreaterThan(50);
    }

    @Test
    void clientsAndTheirMobileDevicesArriveAsTheyWereSent() {
        Random random = new Random(7);
        List<IcqlRecord> clients = IntStream.range(0, 200)
                .mapToObj(i -> client(new UUID(random.nextLong(), random.nextLong()), "DEVICE-" + i))
                .toList();
        assertThatReply(acmp.saveClients(clients)).isDoneWith(clients);
        List<IcqlRecord> devices = clients.stream()
                .map(client -> Records.of("ClientId", client.text("ClientId"), "IntuneDeviceId",
                        "intune-" + client.text("ComputerName"), "DeviceName",
                        "Jürgen's <Pixel> & \uD83D\uDCF1 \r\n]]>", "EnrolledDate",
                        AcmpDate.write(Instant.parse("2025-01-02T03:04:05.678Z")), "LastSyncDate", AcmpDate.write(null),
                        "IsEncrypted", "true",
                        "TotalStorageBytes", "128000000000", "RecordState", "active"))
                .toList();
        assertThatReply(acmp.saveMobileDevices(devices)).isDoneWith(200);
        for (IcqlRecord device : devices) {
            assertThat(world.acmp("ACMP-1").mobileDevice(device.text("ClientId")).orElseThrow())
                    .containsAllEntriesOf(device.fields());
        }
    }

    @Test
    void aClientWithoutAnIdGetsOneAndKeepsIt() {
        IcqlRecord nameless = client(new UUID(0, 0), "CHOSEN-BY-ACMP").with("ClientId", "");
        List<String> first = ids(acmp.saveClients(List.of(nameless)));
        assertThat(first).singleElement().matches(id -> world.acmp("ACMP-1").client(id).isPresent());
        assertThat(ids(acmp.saveClients(List.of(nameless)))).isEqualTo(first);
    }

    @Test
    void aDeviceOfAnUnknownClientIsRefusedAndNamed() {
        String stranger = AcmpGuid.write(UUID.randomUUID());
        AcmpReply<Integer> reply = acmp
                .saveMobileDevices(List.of(Records.of("ClientId", stranger, "IntuneDeviceId", "x")));
        assertThat(reply).isInstanceOfSatisfying(AcmpReply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ResultCode.Known.CLIENT_NOT_FOUND);
            assertThat(refused.message()).contains(stranger);
        });
    }

    @Test
    void anUnknownFieldIsRefusedAndNamed() {
        AcmpReply<List<IcqlRecord>> reply = acmp
                .saveClients(List.of(client(UUID.randomUUID(), "X").with("Colour", "red")));
        assertThat(reply).isInstanceOfSatisfying(AcmpReply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ResultCode.Known.INVALID_REQUEST);
            assertThat(refused.message()).contains("Colour");
        });
    }

    @Test
    void anEndedSessionAndARestartOfSicsAreNotNoticed() {
        IcqlRecord client = client(UUID.randomUUID(), "STEADY");
        assertThatReply(acmp.saveClients(List.of(client))).isDoneWith(List.of(client));
        world.sics().endSessions();
        assertThatReply(acmp.saveClients(List.of(client))).isDoneWith(List.of(client));
        world.sics().restart();
        assertThatReply(acmp.saveClients(List.of(client))).isDoneWith(List.of(client));
    }

    @Test
    void aWrongPasswordIsToldAsSuch() {
        SicsConnection right = connection();
        SicsConnection wrong = new SicsConnection(right.url(), right.userName(), "wrong", false, right.connectTimeout(),
                right.readTimeout(),
                right.replyTimeout());
        try (AcmpGateway locked = new AcmpGateway(wrong, SicsDialect.standard(), trust(), InstantSource.system())) {
            assertThatReply(locked.open(SERVER).commandVersions(List.of()))
                    .isUnavailableFor(ConnectionProblem.Kind.WRONG_CREDENTIALS);
        }
    }

    @Test
    void aWrongAddressIsToldAsSuch() {
        try (Acmp astray = gateway.open(new AcmpServer("ACMP-2", "elsewhere", "acmp"));
                Acmp unheard = gateway.open(new AcmpServer("ACMP-3", "acmp", "nobody"))) {
            assertThatReply(astray.commandVersions(List.of())).isUnavailableFor(ConnectionProblem.Kind.ADDRESS_UNKNOWN,
                    "'elsewhere'");
            assertThatReply(unheard.commandVersions(List.of())).isUnavailableFor(ConnectionProblem.Kind.NO_REPLY,
                    "'nobody'");
        }
    }

    @Test
    void aServerThatNeverAnswersHoldsUpNobodyElse() throws Exception {
        SicsConnection patient = new SicsConnection(connection().url(), connection().userName(),
                connection().password(), false,
                Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofMinutes(10));
        try (AcmpGateway ignored = new AcmpGateway(patient, SicsDialect.standard(), trust(), InstantSource.system());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Acmp dead = ignored.open(new AcmpServer("ACMP-2", "acmp", "nobody"));
            Future<AcmpReply<CommandVersions>> unanswered = threads.submit(() -> dead.commandVersions(List.of()));
            Awaitility.await().until(() -> !world.sics().broker().targets().isEmpty());
            try (Acmp fine = ignored.open(SERVER)) {
                for (int i = 0; i < 20; i++) {
                    assertThat(fine.commandVersions(List.of("SaveClients"))).isInstanceOf(AcmpReply.Done.class);
                }
            }
            assertThat(unanswered).isNotDone();
            dead.close();
            assertThatReply(unanswered.get()).isUnavailableFor(ConnectionProblem.Kind.CLOSED);
        }
    }

    private static IcqlRecord client(UUID id, String name) {
        return Records.of("ClientId", AcmpGuid.write(id), "ComputerName", name, "ComputerDomain", "example.com",
                "MacAddress", "",
                "ComputerSid", "", "ActiveDirectoryObjectId", "", "ClientType", "ctAndroid", "PrimaryIP", "",
                "DisplayIP", "");
    }

    private static List<String> ids(AcmpReply<List<IcqlRecord>> reply) {
        if (!(reply instanceof AcmpReply.Done(var records))) {
            throw new AssertionError(reply);
        }
        return records.stream().map(record -> record.text("ClientId")).toList();
    }

    private static Simulator start() {
        try {
            return Simulator.start(SimulatorOptions.defaults().withDevices(0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SicsConnection connection() {
        return new SicsConnection(URI.create(world.httpsUrl()), world.access().sicsUser(),
                world.access().sicsPassword(), false,
                Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(2));
    }

    private SSLContext trust() {
        try (InputStream file = Files.newInputStream(world.access().ca())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
