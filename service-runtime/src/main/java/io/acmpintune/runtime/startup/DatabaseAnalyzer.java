package io.acmpintune.runtime.startup;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Reports a database that cannot be used in a readable message instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private final String url;
    private final String user;

    DatabaseAnalyzer(Environment environment) {
        // the part after the question mark may hold a password
        this.url = environment.getProperty("spring.datasource.url", "").replaceFirst("\\?.*$", "");
        this.user = environment.getProperty("spring.datasource.username", "");
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        SQLException refusal = refusal(cause);
        String state = refusal.getSQLState();
        if (state == null) {
            return null;
        }
        return switch (state.substring(0, 2)) {
            case "28" -> analysis("it does not accept the user '" + user + "' with this password",
                    "Correct spring.datasource.username and spring.datasource.password", cause);
            case "3D" -> analysis("the server has no such database",
                    "Create the database, or correct its name in spring.datasource.url", cause);
            case "08" -> analysis("it cannot be reached",
                    "Start PostgreSQL, or correct host and port in spring.datasource.url", cause);
            case "42" -> "42501".equals(state)
                    ? analysis("the user '" + user + "' lacks a right: " + firstLine(refusal),
                            "Let the user create the service's schema, or make it the owner of the existing one", cause)
                    : null;
            case "53", "57" -> analysis("it takes no connections at present: " + firstLine(refusal),
                    "Wait until PostgreSQL has started, or raise max_connections", cause);
            default -> null;
        };
    }

    private FailureAnalysis analysis(String reason, String remedy, Throwable cause) {
        return new FailureAnalysis("The database " + url + " cannot be used: " + reason + ".",
                remedy + ", and start again.", cause);
    }

    /** The pool's own exceptions have the database's as their cause. */
    private static SQLException refusal(SQLException outer) {
        SQLException refusal = outer;
        for (Throwable next = outer.getCause(); next != null; next = next.getCause()) {
            if (next instanceof SQLException inner && inner.getSQLState() != null) {
                refusal = inner;
            }
        }
        return refusal;
    }

    private static String firstLine(SQLException refusal) {
        return String.valueOf(refusal.getMessage()).lines().findFirst().orElse("");
    }
}
