package io.acmpintune.engine.workflow;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import io.acmpintune.model.ActionApi;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.StopApi;
import io.acmpintune.model.VerificationApi;

/** Every workflow's way to its connector-service. */
public final class ConnectorClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the longest wait for a change of a feed. */
    private static final Duration READ = Duration.ofSeconds(90);

    /** An emergency stop is told again rather than waited for, and a person looks again. */
    private static final Duration READ_SOON = Duration.ofSeconds(5);
    /** Longer than Entra and Graph take to say that nobody answers. */
    private static final Duration READ_VERIFICATION = Duration.ofMinutes(3);

    private final Map<String, HttpServiceProxyFactory> byWorkflow;
    private final Map<String, HttpServiceProxyFactory> soon;
    private final Map<String, HttpServiceProxyFactory> verifying;

    ConnectorClients(Workflows workflows, RestClient.Builder builder) {
        this.byWorkflow = proxies(workflows, builder, READ);
        this.soon = proxies(workflows, builder, READ_SOON);
        this.verifying = proxies(workflows, builder, READ_VERIFICATION);
    }

    /** What the connector knows of devices, and how it stands. */
    public ConnectorApi of(Workflow workflow) {
        return find(byWorkflow, workflow).createClient(ConnectorApi.class);
    }

    /** What the connector does to devices. */
    public ActionApi actionsOf(Workflow workflow) {
        return find(byWorkflow, workflow).createClient(ActionApi.class);
    }

    /** What the connector stops in an emergency. */
    public StopApi stopsOf(Workflow workflow) {
        return find(soon, workflow).createClient(StopApi.class);
    }

    /** As {@link #of}, for a page that does not wait long for a connector that is silent. */
    public ConnectorApi shortTimeoutOf(Workflow workflow) {
        return find(soon, workflow).createClient(ConnectorApi.class);
    }

    /** Whether the connector, or one that is not configured yet, works. */
    public VerificationApi verificationsOf(Workflow workflow) {
        return find(verifying, workflow).createClient(VerificationApi.class);
    }

    private static HttpServiceProxyFactory find(Map<String, HttpServiceProxyFactory> all, Workflow workflow) {
        HttpServiceProxyFactory proxies = all.get(workflow.name());
        if (proxies == null) {
            throw new IllegalArgumentException(workflow + " is not one of the configured workflows");
        }
        return proxies;
    }

    private static Map<String, HttpServiceProxyFactory> proxies(Workflows workflows, RestClient.Builder builder,
            Duration read) {
        return workflows.all()
                .stream()
                .collect(Collectors.toMap(Workflow::name, workflow -> proxies(workflow, builder.clone(), read)));
    }

    private static HttpServiceProxyFactory proxies(Workflow workflow, RestClient.Builder builder, Duration read) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build());
        requests.setReadTimeout(read);
        RestClient http = builder.baseUrl(workflow.connectorUrl().toString())
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + workflow.connectorToken())
                .requestFactory(requests)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http)).build();
    }
}
