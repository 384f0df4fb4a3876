package io.acmpintune.engine.console.signin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * The table {@code sign_in_failure}, which all replicas share. An attempt counts as failed before its password is checked, so that
 * concurrent attempts cannot exceed the limit; success removes it.
 */
@Component
class SignInAttempts {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    SignInAttempts(JdbcClient jdbc, TransactionOperations transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Starts an attempt unless the name or the address is locked.
     *
     * @return until when it is locked; empty if the attempt may proceed, which counts as failed until {@link #succeeded}
     */
    Optional<Instant> begin(String name, String address) {
        Instant now = clock.instant();
        List<String> subjects = subjects(name, address);
        return transactions.execute(_ -> {
            // always in the same order, which avoids deadlocks
            subjects.forEach(this::lock);
            Optional<Instant> locked = subjects.stream()
                    .flatMap(subject -> LockOut.until(newest(subject), now).stream())
                    .max(Instant::compareTo);
            if (locked.isEmpty()) {
                subjects.forEach(subject -> add(subject, now));
            }
            forget(now);
            return locked;
        });
    }

    /** Removes the failures of the name, including the attempt that has succeeded. */
    void succeeded(String name, String address) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from sign_in_failure where subject = :subject").param("subject", nameOf(name)).update();
            jdbc.sql("""
                    delete from sign_in_failure where ctid = (select ctid from sign_in_failure
                        where subject = :subject order by at desc limit 1)
                    """).param("subject", addressOf(address)).update();
        });
    }

    private void lock(String subject) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:subject, 0))::text")
                .param("subject", "sign-in:" + subject)
                .query(String.class)
                .single();
    }

    private List<Instant> newest(String subject) {
        return jdbc.sql("select at from sign_in_failure where subject = :subject order by at desc limit :limit")
                .param("subject", subject)
                .param("limit", LockOut.FAILURES)
                .query((row, _) -> instant(row, "at"))
                .list();
    }

    private void add(String subject, Instant now) {
        jdbc.sql("insert into sign_in_failure (subject, at) values (:subject, :now)")
                .param("subject", subject)
                .param("now", timestamp(now))
                .update();
    }

    private void forget(Instant now) {
        jdbc.sql("delete from sign_in_failure where at < :before")
                .param("before", timestamp(now.minus(LockOut.WINDOW.multipliedBy(2))))
                .update();
    }

    private static List<String> subjects(String name, String address) {
        return List.of(addressOf(address), nameOf(name));
    }

    private static String addressOf(String address) {
        return "address:" + address;
    }

    /** Locks unknown names like known ones, so that a lock does not reveal which names exist. */
    private static String nameOf(String name) {
        // PostgreSQL does not store NUL
        String key = name.strip().toLowerCase(Locale.ROOT).replace('\0', '?');
        return "name:" + key.substring(0, Math.min(key.length(), 64));
    }
}
