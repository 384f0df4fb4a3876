package io.acmpintune.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.ManagedDevice;
import com.microsoft.graph.models.ManagedDeviceCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.Device;

/**
 * Reads every device as the Graph SDK documents it: the first page with the client, all others with its {@code
 * PageIterator}, with the connector's columns and page size, and without storing anything. Each line on standard input
 * starts a pass, whose result is a line {@code devices milliseconds}. The token is acquired before the measurement.
 */
public final class PageIteratorReader {

    private static final int PAGE_SIZE = 1_000;

    private final GraphServiceClient graph;
    private final String[] columns = Arrays.stream(Device.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toArray(String[]::new);

    private PageIteratorReader(Properties world) throws IOException, GeneralSecurityException {
        X509TrustManager trust = trust(Path.of(property(world, "ca")));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new X509TrustManager[]{trust}, null);
        OkHttpClient http = GraphClientFactory.create(GraphServiceClient.getGraphClientOptions())
                .sslSocketFactory(tls.getSocketFactory(), trust)
                .build();
        String token = token(http, world);
        this.graph = new GraphServiceClient(
                new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new AccessTokenProvider() {
                    @Override
                    public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> additional) {
                        return token;
                    }

                    @Override
                    public AllowedHostsValidator getAllowedHostsValidator() {
                        return new AllowedHostsValidator();
                    }
                }), property(world, "https-url") + "/v1.0", http));
    }

    /** @param arguments the simulator's directory */
    public static void main(String[] arguments) throws Exception {
        Properties world = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0], "simulator.properties"))) {
            world.load(in);
        }
        PageIteratorReader reader = new PageIteratorReader(world);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            int devices = reader.read();
            System.out.println(devices + " " + (System.nanoTime() - start) / 1_000_000);
        }
        // OkHttp's threads would keep the process alive for a minute
        System.exit(0);
    }

    private int read() throws ReflectiveOperationException {
        AtomicInteger devices = new AtomicInteger();
        ManagedDeviceCollectionResponse first = Objects
                .requireNonNull(graph.deviceManagement().managedDevices().get(request -> {
                    var query = Objects.requireNonNull(request.queryParameters);
                    query.top = PAGE_SIZE;
                    query.select = columns;
                }));
        new PageIterator.Builder<ManagedDevice, ManagedDeviceCollectionResponse>().client(graph)
                .collectionPage(first)
                .collectionPageFactory(ManagedDeviceCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(device -> {
                    devices.incrementAndGet();
                    return true;
                })
                .build()
                .iterate();
        return devices.get();
    }

    private static String token(OkHttpClient http, Properties world) throws IOException {
        Request request = new Request.Builder()
                .url(property(world, "https-url") + "/" + property(world, "tenant-id") + "/oauth2/v2.0/token")
                .post(new FormBody.Builder().add("grant_type", "client_credentials")
                        .add("client_id", property(world, "client-id"))
                        .add("client_secret", property(world, "client-secret"))
                        .add("scope", property(world, "https-url") + "/.default")
                        .build())
                .build();
        try (Response response = http.newCall(request).execute()) {
            return JsonMapper.shared()
                    .readTree(Objects.requireNonNull(response.body()).string())
                    .path("access_token")
                    .asString();
        }
    }

    private static X509TrustManager trust(Path authority) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry("simulator", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException("this Java has no trust manager")));
    }

    private static String property(Properties world, String key) {
        return Objects.requireNonNull(world.getProperty(key), key);
    }
}
