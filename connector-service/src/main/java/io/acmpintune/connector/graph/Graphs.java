package io.acmpintune.connector.graph;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.budget.RequestBudgets;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;

/** Graph access of all connectors. They share no clients, connections or tokens. */
public final class Graphs {

    private static final Logger log = LoggerFactory.getLogger(Graphs.class);

    private final Map<String, Graph> byConnector;

    public Graphs(Iterable<Connector> connectors, SslBundles bundles, JsonMapper json, InstantSource clock,
            RequestBudgets budgets) {
        this.byConnector = StreamSupport.stream(connectors.spliterator(), false)
                .collect(Collectors.toMap(Connector::name, graph(bundles, json, clock, budgets)));
    }

    public Graph of(Connector connector) {
        Graph graph = byConnector.get(connector.name());
        if (graph == null) {
            throw new IllegalArgumentException(connector + " is not one of the configured connectors");
        }
        return graph;
    }

    private static Function<Connector, Graph> graph(SslBundles bundles, JsonMapper json, InstantSource clock,
            RequestBudgets budgets) {
        return connector -> {
            @Nullable
            SslBundle bundle = connector.sslBundle() == null ? null : bundles.getBundle(connector.sslBundle());
            Connector acting = connector.forActions();
            Graph graph = new Graph(connector, access(connector, bundle, clock, budgets),
                    connector.actionApplication() == null ? null : access(acting, bundle, clock, budgets), bundle, json,
                    clock);
            if (connector.sslBundle() != null) {
                bundles.addBundleUpdateHandler(connector.sslBundle(), changed -> {
                    graph.updateTrust(changed);
                    log.info("Reloaded SSL bundle (connector={}, bundle={})", connector, connector.sslBundle());
                });
            }
            return graph;
        };
    }

    private static Graph.Access access(Connector connector, @Nullable SslBundle bundle, InstantSource clock,
            RequestBudgets budgets) {
        return new Graph.Access(new AccessTokens(connector, bundle, clock), budgets.of(connector));
    }
}
