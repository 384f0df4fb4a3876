package io.acmpintune.runtime.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Connections of their own for the emergency stop, which must work while all others are taken. Each statement commits by itself and
 * fails within about a second instead of waiting.
 */
public record UrgentDatabase(JdbcClient jdbc) {}
