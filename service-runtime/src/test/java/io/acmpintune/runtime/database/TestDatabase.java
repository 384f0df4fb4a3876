package io.acmpintune.runtime.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A fresh, empty database on a real PostgreSQL 18: in a container where Docker is, else from embedded binaries. One server
 * per test process; it ends with the process.
 */
public record TestDatabase(String url, String user, String password) {

    private static final AtomicInteger count = new AtomicInteger();

    private static final class Server {
        static final TestDatabase ADMIN = dockerIsThere() ? container() : embedded();
    }

    public static TestDatabase fresh() {
        String name = "test_" + count.incrementAndGet();
        TestDatabase admin = Server.ADMIN;
        try (Connection connection = DriverManager.getConnection(admin.url, admin.user, admin.password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The test PostgreSQL made no database", e);
        }
        return new TestDatabase(admin.url.replaceFirst("/[^/]*$", "/" + name), admin.user, admin.password);
    }

    /** A data source without a pool, whose connections see the schema first. */
    public DataSource dataSource(String schema) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        dataSource.setCurrentSchema(schema);
        return dataSource;
    }

    private static boolean dockerIsThere() {
        return !"embedded".equals(System.getProperty("tests.postgres"))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource") // lives as long as the process; Testcontainers removes it afterwards
    private static TestDatabase container() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
        container.start();
        return new TestDatabase("jdbc:postgresql://%s:%d/%s".formatted(container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), container.getDatabaseName()),
                container.getUsername(), container.getPassword());
    }

    private static TestDatabase embedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "200")
                    .start();
            return new TestDatabase(server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*$", ""), "postgres",
                    "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("No Docker, and the embedded PostgreSQL did not start", e);
        }
    }
}
