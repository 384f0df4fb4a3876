package io.acmpintune.engine.client;

import java.net.URI;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.acmpintune.engine.workflow.TestWorkflows;

/** Reads clients for tests of other packages. */
public final class TestClients {

    private static final int LIMIT = 10_000;

    private TestClients() {}

    public static ClientSearch search(JdbcClient jdbc) {
        return new ClientSearch(jdbc);
    }

    /** Returns all clients of the test workflow in the order of their IDs. */
    public static List<ClientSearch.Row> all(JdbcClient jdbc) {
        return search(jdbc).pageAfter(TestWorkflows.workflow(URI.create("http://localhost:8081"), 200),
                ClientFilter.in(ClientFilter.State.ANY), null, LIMIT);
    }
}
