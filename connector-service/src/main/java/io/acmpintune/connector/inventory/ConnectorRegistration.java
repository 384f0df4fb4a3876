package io.acmpintune.connector.inventory;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.acmpintune.connector.tenant.Connectors;

/** Inserts a row for each configured connector. Rows of connectors that are no longer configured are kept. */
@Component
class ConnectorRegistration implements InitializingBean {

    private final JdbcClient jdbc;
    private final Connectors connectors;

    ConnectorRegistration(JdbcClient jdbc, Connectors connectors) {
        this.jdbc = jdbc;
        this.connectors = connectors;
    }

    @Override
    public void afterPropertiesSet() {
        for (String name : connectors.names()) {
            jdbc.sql("insert into connector (name) values (:name) on conflict (name) do nothing")
                    .param("name", name)
                    .update();
        }
    }
}
