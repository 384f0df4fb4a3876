package io.acmpintune.runtime.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Opens small pools beside the service's common pool, to the same database, for what must not wait for others. */
public final class SmallPool {

    private static final String SOCKET_SECONDS = "2";

    private SmallPool() {}

    /**
     * Opens a pool without waiting for a database that is not there yet: the service's own start does.
     *
     * @param longestWait how long a statement, a lock or a free connection is waited for
     */
    public static HikariDataSource beside(DataSource common, String name, int connections, Duration longestWait)
            throws SQLException {
        HikariDataSource template = common.unwrap(HikariDataSource.class);
        Properties driver = new Properties();
        driver.putAll(template.getDataSourceProperties());
        long wait = longestWait.toMillis();
        driver.setProperty("options", "-c statement_timeout=" + wait + " -c lock_timeout=" + wait);
        driver.setProperty("connectTimeout", SOCKET_SECONDS);
        driver.setProperty("socketTimeout", SOCKET_SECONDS);
        HikariConfig config = new HikariConfig();
        config.setDataSourceProperties(driver);
        config.setJdbcUrl(template.getJdbcUrl());
        config.setUsername(template.getUsername());
        config.setPassword(template.getPassword());
        config.setSchema(template.getSchema());
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(wait);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
