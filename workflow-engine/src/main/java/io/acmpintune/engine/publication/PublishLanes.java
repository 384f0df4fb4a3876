package io.acmpintune.engine.publication;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.acmp.AcmpServer;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.runtime.lane.Lanes;

/** Wakes the publish lanes, one per workflow and ACMP server. */
@Component
class PublishLanes {

    static final String KIND = "publish-clients";

    private final Lanes lanes;
    private final JdbcClient jdbc;

    PublishLanes(Lanes lanes, JdbcClient jdbc) {
        this.lanes = lanes;
        this.jdbc = jdbc;
    }

    static String owner(Workflow workflow, String server) {
        return workflow.name() + ":" + server;
    }

    /** Wakes every lane of a workflow. */
    void wake(Workflow workflow) {
        workflow.servers().stream().map(AcmpServer::id).forEach(server -> wake(workflow, server));
    }

    void wake(Workflow workflow, String server) {
        lanes.wake(KIND, owner(workflow, server));
    }

    /** Records a request of an administrator, so that an idle lane plans again. */
    void recordRequest(Workflow workflow, List<String> servers) {
        servers.forEach(server -> jdbc.sql("""
                insert into publication (workflow, acmp_server, requests) values (:workflow, :server, 1)
                on conflict (workflow, acmp_server) do update set requests = publication.requests + 1
                """).param("workflow", workflow.name()).param("server", server).update());
    }
}
