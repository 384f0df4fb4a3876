package io.acmpintune.engine.workflow;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.PositionApi;
import io.acmpintune.model.StopApi;
import io.acmpintune.model.VerificationApi;
import io.acmpintune.model.action.ActionStop;

/** HTTP clients for the connector-service of each workflow. Each call has the token of its use. */
public final class ConnectorClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the longest wait for a change of a feed. */
    private static final Duration READ = Duration.ofSeconds(90);

    /** An emergency stop is repeated rather than waited for, and a page can be reloaded. */
    private static final Duration SHORT_READ = Duration.ofSeconds(5);
    /** Longer than calls of Entra and Graph take to time out. */
    private static final Duration READ_VERIFICATION = Duration.ofMinutes(3);

    private final SslBundles bundles;
    private final Map<String, HttpServiceProxyFactory> byWorkflow;
    private final Map<String, HttpServiceProxyFactory> shortTimeout;
    private final Map<String, HttpServiceProxyFactory> verifying;
    private final Map<String, StopApi> stops;

    ConnectorClients(Workflows workflows, RestClient.Builder builder, SslBundles bundles) {
        this.bundles = bundles;
        this.byWorkflow = each(workflows, workflow -> proxies(workflow, builder, READ));
        this.shortTimeout = each(workflows, workflow -> proxies(workflow, builder, SHORT_READ));
        this.verifying = each(workflows, workflow -> proxies(workflow, builder, READ_VERIFICATION));
        this.stops = each(workflows, workflow -> stops(workflow, builder));
    }

    /** Devices and status of the connector. */
    public ConnectorApi of(Workflow workflow) {
        return find(byWorkflow, workflow).createClient(ConnectorApi.class);
    }

    /** Actions on devices. */
    public ActionApi actionsOf(Workflow workflow) {
        return find(byWorkflow, workflow).createClient(ActionApi.class);
    }

    /** Emergency stops, with a short timeout. */
    public StopApi stopsOf(Workflow workflow) {
        return find(stops, workflow);
    }

    /** Positions of this engine, with a short timeout. */
    public PositionApi positionsOf(Workflow workflow) {
        return find(shortTimeout, workflow).createClient(PositionApi.class);
    }

    /** As {@link #of}, with a short timeout, for pages. */
    public ConnectorApi shortTimeoutOf(Workflow workflow) {
        return find(shortTimeout, workflow).createClient(ConnectorApi.class);
    }

    /** Verification of the connector or of one that is not configured yet. */
    public VerificationApi verificationsOf(Workflow workflow) {
        return find(verifying, workflow).createClient(VerificationApi.class);
    }

    private static <T> T find(Map<String, T> all, Workflow workflow) {
        T found = all.get(workflow.name());
        if (found == null) {
            throw new IllegalArgumentException(workflow + " is not one of the configured workflows");
        }
        return found;
    }

    private static <T> Map<String, T> each(Workflows workflows, Function<Workflow, T> client) {
        return workflows.all().stream().collect(Collectors.toMap(Workflow::name, client));
    }

    private HttpServiceProxyFactory proxies(Workflow workflow, RestClient.Builder builder, Duration read) {
        ConnectorAccess access = workflow.connectorAccess();
        return proxies(workflow, builder, read, (request, body, execution) -> {
            request.getHeaders()
                    .setBearerAuth(request.getMethod().equals(HttpMethod.GET) ? access.reading() : access.acting());
            return execution.execute(request, body);
        });
    }

    private StopApi stops(Workflow workflow, RestClient.Builder builder) {
        ConnectorAccess access = workflow.connectorAccess();
        StopApi stopping = stops(workflow, builder, access.stopping());
        StopApi lifting = stops(workflow, builder, access.lifting());
        return new StopApi() {
            @Override
            public List<ActionStop> stops(String connector) {
                return stopping.stops(connector);
            }

            @Override
            public ActionStop changeStop(String connector, String origin, ActionStop.Change change) {
                return (change.stopped() ? stopping : lifting).changeStop(connector, origin, change);
            }
        };
    }

    private StopApi stops(Workflow workflow, RestClient.Builder builder, String token) {
        return proxies(workflow, builder, SHORT_READ, (request, body, execution) -> {
            request.getHeaders().setBearerAuth(token);
            return execution.execute(request, body);
        }).createClient(StopApi.class);
    }

    private HttpServiceProxyFactory proxies(Workflow workflow, RestClient.Builder builder, Duration read,
            ClientHttpRequestInterceptor token) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT);
        String bundle = workflow.connectorAccess().sslBundle();
        if (bundle != null) {
            client.sslContext(bundles.getBundle(bundle).createSslContext());
        }
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(client.build());
        requests.setReadTimeout(read);
        RestClient http = builder.clone()
                .baseUrl(workflow.connectorUrl().toString())
                .requestInterceptor(token)
                .requestFactory(requests)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http)).build();
    }
}
