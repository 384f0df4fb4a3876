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

/** HTTP clients for the connector-service of each workflow. */
public final class ConnectorClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the longest wait for a change of a feed. */
    private static final Duration READ = Duration.ofSeconds(90);

    /** An emergency stop is repeated rather than waited for, and a page can be reloaded. */
    private static final Duration SHORT_READ = Duration.ofSeconds(5);
    /** Longer than calls of Entra and Graph take to time out. */
    private static final Duration READ_VERIFICATION = Duration.ofMinutes(3);

    private final Map<String, HttpServiceProxyFactory> byWorkflow;
    private final Map<String, HttpServiceProxyFactory> shortTimeout;
    private final Map<String, HttpServiceProxyFactory> verifying;

    ConnectorClients(Workflows workflows, RestClient.Builder builder) {
        this.byWorkflow = proxies(workflows, builder, READ);
        this.shortTimeout = proxies(workflows, builder, SHORT_READ);
        this.verifying = proxies(workflows, builder, READ_VERIFICATION);
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
        return find(shortTimeout, workflow).createClient(StopApi.class);
    }

    /** As {@link #of}, with a short timeout, for pages. */
    public ConnectorApi shortTimeoutOf(Workflow workflow) {
        return find(shortTimeout, workflow).createClient(ConnectorApi.class);
    }

    /** Verification of the connector or of one that is not configured yet. */
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
