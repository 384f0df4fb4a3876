package io.acmpintune.engine.workflow;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Inserts a row for every configured workflow. Workflows that are no longer configured keep their rows. */
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
