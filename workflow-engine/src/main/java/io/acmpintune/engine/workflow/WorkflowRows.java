package io.acmpintune.engine.workflow;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives every configured workflow its row; a workflow that left the configuration keeps what it knew. */
@Component
class WorkflowRows implements InitializingBean {

    private final JdbcClient jdbc;
    private final Workflows workflows;

    WorkflowRows(JdbcClient jdbc, Workflows workflows) {
        this.jdbc = jdbc;
        this.workflows = workflows;
    }

    @Override
    public void afterPropertiesSet() {
        for (String name : workflows.names()) {
            jdbc.sql("insert into workflow (name) values (:name) on conflict (name) do nothing")
                    .param("name", name)
                    .update();
        }
    }
}
