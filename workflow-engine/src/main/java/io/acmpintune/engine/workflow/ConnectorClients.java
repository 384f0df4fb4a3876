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

import io.acmpintune.model.ConnectorApi;

/** Every workflow's way to its connector-service. */
public final class ConnectorClients {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Longer than the longest wait for a change of a feed. */
    private static final Duration READ = Duration.ofSeconds(90);

    private final Map<String, ConnectorApi> byWorkflow;

    ConnectorClients(Workflows workflows, RestClient.Builder builder) {
        this.byWorkflow = workflows.all()
                .stream()
                .collect(Collectors.toMap(Workflow::name, workflow -> client(workflow, builder.clone())));
    }

    public ConnectorApi of(Workflow workflow) {
        ConnectorApi client = byWorkflow.get(workflow.name());
        if (client == null) {
            throw new IllegalArgumentException(workflow + " is not one of the configured workflows");
        }
        return client;
    }

    private static ConnectorApi client(Workflow workflow, RestClient.Builder builder) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build());
        requests.setReadTimeout(READ);
        RestClient http = builder.baseUrl(workflow.connectorUrl().toString())
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + workflow.connectorToken())
                .requestFactory(requests)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(http))
                .build()
                .createClient(ConnectorApi.class);
    }
}
