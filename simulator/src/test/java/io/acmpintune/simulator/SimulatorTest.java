package io.acmpintune.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.SimulatorOptions.AcmpAddress;
import io.acmpintune.simulator.acmp.CommandVersions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatorTest {

    @Test
    void theFilesSufficeForAnotherProcess(@TempDir Path directory) throws IOException {
        try (Simulator simulator = Simulator
                .start(SimulatorOptions.defaults().withDevices(10).withDirectory(directory))) {
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(directory.resolve("simulator.properties"))) {
                properties.load(reader);
            }

            assertThat(properties).containsOnlyKeys("https-url", "http-url", "tenant-id", "client-id", "certificate",
                    "certificate-password", "client-secret", "sics-user", "sics-password", "ca");
            assertThat(properties).containsEntry("https-url", simulator.httpsUrl())
                    .containsEntry("http-url", simulator.httpUrl())
                    .containsEntry("client-secret", simulator.access().clientSecret());
            assertThat(Path.of(properties.getProperty("certificate"))).exists().isAbsolute();
            assertThat(Path.of(properties.getProperty("ca"))).content().startsWith("-----BEGIN CERTIFICATE-----");
        }
        assertThat(directory.resolve("simulator.properties")).as("what the caller asked for stays").exists();
    }

    @Test
    void aTemporaryDirectoryIsDeletedWithTheSimulator() throws IOException {
        Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(0));
        Path directory = simulator.access().ca().getParent();
        assertThat(directory).isDirectory();
        simulator.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void theCertificateIsValidForLocalhostUnderThePrivateAuthorityOnly()
            throws IOException, GeneralSecurityException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(3))) {
            Web trusting = trusting(simulator.access().ca());

            assertThat(trusting.get(simulator.httpsUrl() + "/simulator/summary", Map.of()).status()).isEqualTo(200);
            assertThat(trusting
                    .get(simulator.httpsUrl().replace("localhost", "127.0.0.1") + "/simulator/summary", Map.of())
                    .json()
                    .get("devices")
                    .intValue()).isEqualTo(3);
            assertThatThrownBy(() -> Web.plain()
                    .attempt(Web.request(simulator.httpsUrl() + "/simulator/summary", Map.of()).build()))
                    .hasStackTraceContaining("PKIX path building failed");
        }
    }

    @Test
    void theSummaryCountsWhatHappened() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(7))) {
            var graph = new GraphClient(simulator);
            graph.get("/deviceManagement/managedDevices");
            graph.sync(simulator.tenant().ids().getFirst());

            JsonNode summary = Web.plain().get(simulator.httpUrl() + "/simulator/summary", Map.of()).json();
            assertThat(summary).isEqualTo(Web.MAPPER.readTree(
                    """
                            {"devices":7,"acmp":{"ACMP-1":{"clients":0,"mobileDevices":0}},"syncCommands":1,"devicesCheckedIn":0,
                             "tokensIssued":1,"graphRequests":2}"""));
        }
    }

    @Test
    void aTakenPortIsAnErrorAndLeavesNothingBehind() throws IOException {
        try (Simulator first = Simulator.start(SimulatorOptions.defaults().withDevices(0))) {
            int taken = Integer.parseInt(first.httpUrl().substring(first.httpUrl().lastIndexOf(':') + 1));
            int free;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
            SimulatorOptions options = SimulatorOptions.defaults().withDevices(0);
            assertThatThrownBy(() -> Simulator.start(options.withPorts(free, taken))).isInstanceOf(BindException.class);
            Simulator.start(options.withPorts(free, 0)).close();
        }
    }

    @Test
    void theProgramParsesItsArguments() {
        SimulatorOptions options = SimulatorMain.options(new String[]{"--devices=50", "--seed=7", "--directory=x",
                "--http-port=1", "--https-port=2", "--bind=0.0.0.0", "--host-name=simulator"});

        assertThat(options.devices()).isEqualTo(50);
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.directory()).isEqualTo(Path.of("x"));
        assertThat(options.httpPort()).isEqualTo(1);
        assertThat(options.httpsPort()).isEqualTo(2);
        assertThat(options.bindAddress()).isEqualTo("0.0.0.0");
        assertThat(options.hostName()).isEqualTo("simulator");
        assertThatThrownBy(() -> SimulatorMain.options(new String[]{"--devices=many"}))
                .hasMessage("'--devices=many' should name a whole number");
        assertThatThrownBy(() -> SimulatorMain.options(new String[]{"--device=1"})).hasMessageContaining("is unknown")
                .hasMessageContaining("--devices");
    }

    @Test
    void theProgramAcceptsSeveralAcmpServersAndTheirVersions() {
        SimulatorOptions options = SimulatorMain.options(new String[]{"--acmp-versions=SaveClients:1,2",
                "--acmp-servers=ACMP-1=acmp/one,ACMP-2"});
        CommandVersions versions = CommandVersions.first().with("SaveClients", 1, 2);

        assertThat(options.acmpServers()).containsExactly(
                Map.entry("ACMP-1", new AcmpAddress("acmp", "one", versions)),
                Map.entry("ACMP-2", new AcmpAddress("acmp-2", "acmp-2", versions)));
        assertThatThrownBy(() -> SimulatorMain.options(new String[]{"--acmp-servers=ACMP-1,"}))
                .hasMessageContaining("ACMP-1=router/key");
    }

    @Test
    void secretsAreNotPrinted() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDevices(0))) {
            SimulatorAccess access = simulator.access();
            assertThat(access.toString()).doesNotContain(access.clientSecret(), access.certificatePassword(),
                    access.sicsPassword());
        }
    }

    private static Web trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new Web(HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build());
    }
}
