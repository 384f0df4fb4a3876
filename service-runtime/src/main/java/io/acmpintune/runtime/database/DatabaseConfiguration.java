package io.acmpintune.runtime.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the small pool of the emergency stop beside the service's common pool, to the same database. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    /** How long a statement, a lock or a free connection is waited for. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(800);
    private static final int CONNECTIONS = 3;
    private static final String SOCKET_SECONDS = "2";

    /** Does not wait for a database that is not there yet: the service's own start does. */
    @Bean(defaultCandidate = false)
    @Qualifier("urgent")
    HikariDataSource urgentPool(DataSource common) throws SQLException {
        HikariDataSource template = common.unwrap(HikariDataSource.class);
        Properties driver = new Properties();
        driver.putAll(template.getDataSourceProperties());
        long wait = LONGEST_WAIT.toMillis();
        driver.setProperty("options", "-c statement_timeout=" + wait + " -c lock_timeout=" + wait);
        driver.setProperty("connectTimeout", SOCKET_SECONDS);
        driver.setProperty("socketTimeout", SOCKET_SECONDS);
        HikariConfig config = new HikariConfig();
        config.setDataSourceProperties(driver);
        config.setJdbcUrl(template.getJdbcUrl());
        config.setUsername(template.getUsername());
        config.setPassword(template.getPassword());
        config.setSchema(template.getSchema());
        config.setPoolName("urgent");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(wait);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Bean
    UrgentDatabase urgentDatabase(@Qualifier("urgent") DataSource pool) {
        return new UrgentDatabase(JdbcClient.create(pool));
    }
}
