package io.acmpintune.runtime.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A database on a real PostgreSQL 18: in a container where Docker is, else from embedded binaries. One server per test
 * process; it ends with the process.
 */
public record TestDatabase(String url, String user, String password) {

    private static final AtomicInteger count = new AtomicInteger();

    private static final class Server {
        static final TestDatabase ADMIN = dockerIsThere() ? container() : embedded();
    }

    /** Creates an empty database. */
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

    /** Creates a database with a schema that has the module's tables, and returns a pool of connections that see it. */
    public static DataSource migrated(String schema) {
        DataSource dataSource = fresh().dataSource(schema);
        Flyway.configure().dataSource(dataSource).defaultSchema(schema).createSchemas(true).load().migrate();
        return dataSource;
    }

    /** Sets the properties with which a service uses this database. */
    public void configure(BiConsumer<String, Supplier<Object>> property) {
        property.accept("spring.datasource.url", this::url);
        property.accept("spring.datasource.username", this::user);
        property.accept("spring.datasource.password", this::password);
    }

    /** Returns a pool of connections that see the schema first: a new connection costs more than most tests. */
    public DataSource dataSource(String schema) {
        PGSimpleDataSource single = new PGSimpleDataSource();
        single.setUrl(url);
        single.setUser(user);
        single.setPassword(password);
        single.setCurrentSchema(schema);
        HikariConfig config = new HikariConfig();
        config.setDataSource(single);
        config.setMaximumPoolSize(100);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /**
     * Empties tables and all that refer to them. Deleting a test's few rows takes a twentieth of the time that truncating
     * takes; many are truncated, since deleted rows would slow down the next tests.
     */
    public static void empty(JdbcClient jdbc, String... tables) {
        String statements = jdbc.sql("""
                with recursive emptied (id) as (
                    select unnest(:tables::regclass[])::oid
                    union
                    select conrelid from pg_constraint join emptied on confrelid = id where contype = 'f')
                select case when max(pg_relation_size(id)) > 1000000
                    then 'truncate ' || string_agg(id::regclass::text, ', ')
                    else string_agg('delete from ' || id::regclass, ';') end
                from emptied
                """).param("tables", tables).query(String.class).single();
        // foreign keys need not be obeyed in between
        jdbc.sql("set session_replication_role = replica;" + statements + ";set session_replication_role = origin")
                .update();
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
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("max_connections", "300")
                    .start();
            return new TestDatabase(server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*$", ""), "postgres",
                    "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("No Docker, and the embedded PostgreSQL did not start", e);
        }
    }
}
