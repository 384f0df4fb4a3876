package io.acmpintune.runtime.database;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/** Makes parameters of statements. An array has one element per row, in the order of the rows. */
public final class Parameters {

    private Parameters() {}

    /** Returns a {@code timestamptz}; null stays null. */
    public static SqlParameterValue timestamp(@Nullable Instant instant) {
        return new SqlParameterValue(Types.TIMESTAMP, instant == null ? null : Timestamp.from(instant));
    }

    /** Returns a {@code timestamptz[]}. */
    public static <T> @Nullable Timestamp[] timestamps(Collection<T> rows, Function<T, @Nullable Instant> instant) {
        return rows.stream()
                .map(instant)
                .map(value -> value == null ? null : Timestamp.from(value))
                .toArray(Timestamp[]::new);
    }

    /** Returns a {@code text[]}. NUL characters are dropped since PostgreSQL's {@code text} cannot hold them. */
    public static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> text) {
        return rows.stream()
                .map(text)
                .map(value -> value == null ? null : value.replace("\0", ""))
                .toArray(String[]::new);
    }

    /** Returns a {@code uuid[]}. */
    public static <T> @Nullable UUID[] uuids(Collection<T> rows, Function<T, @Nullable UUID> id) {
        return rows.stream().map(id).toArray(UUID[]::new);
    }
}
