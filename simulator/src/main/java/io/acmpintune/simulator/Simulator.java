package io.acmpintune.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.bouncycastle.asn1.x509.GeneralName;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.entra.AccessTokens;
import io.acmpintune.simulator.entra.Entra;
import io.acmpintune.simulator.entra.Registration;
import io.acmpintune.simulator.graph.Graph;
import io.acmpintune.simulator.graph.Tenant;
import io.acmpintune.simulator.graph.Throttle;
import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Sics;
import io.acmpintune.simulator.web.Dispatcher;
import io.acmpintune.simulator.web.Faults;
import io.acmpintune.simulator.web.Listener;

/**
 * Simulates what the two services work with: Entra, Graph with a tenant, SICS, and ACMP servers behind it, all on one
 * HTTP and one HTTPS listener. It refuses what the real ones refuse; the services do not depend on it.
 */
public final class Simulator implements AutoCloseable {

    private static final String SICS_USER = "ACMP";

    private final SimulatorOptions options;
    private final SimulatorFiles files;
    private final SimulatorAccess access;
    private final Dispatcher dispatcher;
    private final Entra entra;
    private final Tenant tenant;
    private final Graph graph;
    private final Sics sics;
    private final Map<String, AcmpServer> servers;
    private final Listener http;
    private final Listener https;

    private Simulator(SimulatorOptions options) throws IOException {
        this.options = options;
        // Keys and tenant take the most time, so they are created concurrently.
        var applicationKeys = CompletableFuture.supplyAsync(Certificates::rsaKeys);
        var signingKeys = CompletableFuture.supplyAsync(Certificates::rsaKeys);
        this.tenant = new Tenant(options.devices(), options.seed(), options.checkInDelay().shortest(),
                options.checkInDelay().longest(), options.clock());
        Path directory = options.directory();
        this.files = directory == null ? SimulatorFiles.temporary() : SimulatorFiles.in(directory);
        var certificates = new Certificates(options.clock().instant());
        Certificates.Identity authority = certificates.authority();
        Certificates.Identity application = certificates.application(applicationKeys.join());
        this.access = new SimulatorAccess(UUID.nameUUIDFromBytes(seedBytes("tenant")),
                UUID.nameUUIDFromBytes(seedBytes("application")), secret(), files.certificate(), secret(), SICS_USER,
                secret(),
                files.ca());
        files.writeCa(authority.certificate());
        files.writeCertificate(application, access.certificatePassword());

        this.dispatcher = new Dispatcher();
        var tokens = new AccessTokens(signingKeys.join(), options.clock(), options.tokenLifetime());
        this.entra = new Entra(registration(application), tokens, options.clock());
        this.graph = new Graph(tenant, tokens, options.limits(), options.clock(), dispatcher);
        var broker = new Broker();
        this.sics = new Sics(SICS_USER, access.sicsPassword(), options.sessionLifetime(), options.clock(),
                options.sicsDialect(), broker);
        var connected = new LinkedHashMap<String, AcmpServer>();
        options.acmpServers()
                .forEach((id, address) -> connected.put(id,
                        AcmpServer.connect(broker, address.virtualRouter(), address.routingKey(),
                                address.versions())));
        this.servers = Collections.unmodifiableMap(connected);
        dispatcher.mount(new ControlApi(tenant, entra, graph, sics, servers, dispatcher));
        dispatcher.mount(graph);
        dispatcher.mount(sics);
        dispatcher.mount(entra);

        this.http = Listener.http(new InetSocketAddress(options.bindAddress(), options.httpPort()), dispatcher);
        try {
            this.https = Listener.https(new InetSocketAddress(options.bindAddress(), options.httpsPort()),
                    tls(certificates.server(authority, serverNames())), dispatcher);
            var properties = new HashMap<>(access.properties());
            properties.put("http-url", httpUrl());
            properties.put("https-url", httpsUrl());
            files.writeProperties(properties);
        } catch (IOException e) {
            http.close();
            files.removeTemporary();
            throw e;
        }
    }

    /**
     * Starts a simulator, which is ready when this returns.
     *
     * @throws IOException if a port is taken or the directory cannot be written
     */
    public static Simulator start(SimulatorOptions options) throws IOException {
        return new Simulator(options);
    }

    public String httpUrl() {
        return "http://" + options.hostName() + ":" + http.port();
    }

    public String httpsUrl() {
        return "https://" + options.hostName() + ":" + https.port();
    }

    /** Returns the credentials and files that a client needs. */
    public SimulatorAccess access() {
        return access;
    }

    public Entra entra() {
        return entra;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** Returns Graph's request limits and the load of other applications. */
    public Throttle throttle() {
        return graph.throttle();
    }

    public Sics sics() {
        return sics;
    }

    /**
     * Returns an ACMP server.
     *
     * @throws IllegalArgumentException if the options name no such server
     */
    public AcmpServer acmp(String id) {
        return one(servers, id);
    }

    static AcmpServer one(Map<String, AcmpServer> servers, String id) {
        AcmpServer server = servers.get(id);
        if (server == null) {
            throw new IllegalArgumentException(
                    "there is no ACMP server " + id + "; there are " + new TreeSet<>(servers.keySet()));
        }
        return server;
    }

    /** Injects faults into requests. */
    public Faults faults() {
        return dispatcher.faults();
    }

    /**
     * Returns the number of requests by route since the start, including items of batches. A route is named like {@code
     * GET /v1.0/deviceManagement/managedDevices}.
     */
    public Map<String, Long> requests() {
        return dispatcher.counts();
    }

    /** Returns the number of Graph's responses by status since the start, including batches and their items. */
    public Map<Integer, Long> graphResponses() {
        return dispatcher.answers(graph);
    }

    @Override
    public void close() throws IOException {
        http.close();
        https.close();
        servers.values().forEach(AcmpServer::close);
        files.removeTemporary();
    }

    private Registration registration(Certificates.Identity application) {
        return new Registration(access.tenantId(), access.clientId(), access.clientSecret(),
                options.clock().instant().plus(options.secretLifetime()), application.certificate(), options.roles());
    }

    private List<GeneralName> serverNames() {
        return List.of(new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                new GeneralName(GeneralName.dNSName, options.hostName()));
    }

    private byte[] seedBytes(String purpose) {
        return (purpose + options.seed()).getBytes(StandardCharsets.UTF_8);
    }

    private static String secret() {
        byte[] bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static SSLContext tls(Certificates.Identity server) throws IOException {
        try {
            char[] password = secret().toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", server.key(), password, new Certificate[]{server.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the HTTPS listener's certificate cannot be used", e);
        }
    }
}
