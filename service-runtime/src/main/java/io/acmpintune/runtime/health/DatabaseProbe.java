package io.acmpintune.runtime.health;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the database every second whether it answers, over a connection of its own. The pool would be no measure: it is empty
 * while the service is busy, and whoever asks it waits.
 */
public final class DatabaseProbe implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** The longest time that a probe takes, in seconds; a frozen server does not answer at all. */
    private static final String PATIENCE = "2";
    /** After as many seconds without an answer the database is down. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private final String url;
    private final Properties properties = new Properties();
    private volatile long answeredAt = System.nanoTime();
    private volatile @Nullable String failure;
    private volatile @Nullable Thread thread;

    /** @param url of PostgreSQL */
    public DatabaseProbe(String url, @Nullable String user, @Nullable String password) {
        this.url = url;
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", PATIENCE);
        properties.setProperty("socketTimeout", PATIENCE);
        properties.setProperty("ApplicationName", "health");
    }

    /** Returns why the database counts as down; null = it answers. */
    public @Nullable String failure() {
        String known = failure;
        if (known != null) {
            return known;
        }
        return System.nanoTime() - answeredAt > SILENCE.toNanos() ? "no answer" : null;
    }

    private void probe() {
        while (thread == Thread.currentThread()) {
            try (Connection connection = DriverManager.getConnection(url, properties);
                    Statement statement = connection.createStatement()) {
                while (thread == Thread.currentThread()) {
                    statement.execute("select 1");
                    answeredAt = System.nanoTime();
                    failure = null;
                    Thread.sleep(INTERVAL);
                }
            } catch (SQLException e) {
                // the message may name the server's address, and the state says enough
                failure = "SQLSTATE " + e.getSQLState();
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(INTERVAL);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        answeredAt = System.nanoTime();
        // a platform thread: it has to run although all carriers of virtual threads are busy
        thread = Thread.ofPlatform().daemon().name("database-probe").unstarted(this::probe);
        thread.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
