package io.acmpintune.engine.console.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import static io.acmpintune.runtime.database.Columns.nullableInstant;
import static io.acmpintune.runtime.database.Parameters.timestamp;

/**
 * The table {@code sign_in_failure}, which all replicas share. An attempt counts as failed before its password is checked, so that
 * concurrent attempts cannot exceed the pace; success removes it.
 */
@Component
class SignInAttempts {

    private static final int LONGEST = 64;
    /** One network has as many IPv6 addresses as it likes below its prefix. */
    private static final int PREFIX_BYTES = 8;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    SignInAttempts(JdbcClient jdbc, TransactionOperations transactions, InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How an attempt may go on. */
    sealed interface Begun {
        /** Not before a moment; the attempt does not count. */
        record Pause(Instant until) implements Begun {}

        /**
         * After a delay. It counts as failed until {@link #succeeded}.
         *
         * @param failures before this attempt
         */
        record Attempt(Duration delay, SignInPace.Failures failures) implements Begun {}
    }

    Begun begin(String name, String address) {
        Instant now = clock.instant();
        String who = nameOf(name);
        String where = addressOf(address);
        return transactions.execute(_ -> {
            // always in the same order, which avoids deadlocks
            List.of("address:" + where, "name:" + who).forEach(this::lock);
            SignInPace.Failures failures = failures(who, where, now.minus(SignInPace.WINDOW));
            Optional<Instant> pause = SignInPace.pauseUntil(failures, now);
            if (pause.isPresent()) {
                return new Begun.Pause(pause.get());
            }
            add(who, where, now);
            forget(now);
            return new Begun.Attempt(SignInPace.delay(failures), failures);
        });
    }

    /** Removes the failures of the name at this address, including the attempt that has succeeded. Those elsewhere stay. */
    void succeeded(String name, String address) {
        jdbc.sql("delete from sign_in_failure where name = :name and address = :address")
                .param("name", nameOf(name))
                .param("address", addressOf(address))
                .update();
    }

    private void lock(String subject) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:subject, 0))::text")
                .param("subject", "sign-in:" + subject)
                .query(String.class)
                .single();
    }

    private SignInPace.Failures failures(String name, String address, Instant since) {
        return jdbc.sql("""
                select count(*) filter (where name = :name and address = :address) as of_pair,
                    max(at) filter (where name = :name and address = :address) as last_of_pair,
                    count(*) filter (where address = :address) as of_address,
                    max(at) filter (where address = :address) as last_of_address,
                    count(*) filter (where name = :name) as of_name
                from sign_in_failure where at > :since and (name = :name or address = :address)
                """)
                .param("name", name)
                .param("address", address)
                .param("since", timestamp(since))
                .query((row, _) -> new SignInPace.Failures(row.getInt("of_pair"), nullableInstant(row, "last_of_pair"),
                        row.getInt("of_address"), nullableInstant(row, "last_of_address"), row.getInt("of_name")))
                .single();
    }

    private void add(String name, String address, Instant now) {
        jdbc.sql("insert into sign_in_failure (name, address, at) values (:name, :address, :now)")
                .param("name", name)
                .param("address", address)
                .param("now", timestamp(now))
                .update();
    }

    private void forget(Instant now) {
        jdbc.sql("delete from sign_in_failure where at < :before")
                .param("before", timestamp(now.minus(SignInPace.WINDOW.multipliedBy(2))))
                .update();
    }

    /** Returns an address as failures are counted: IPv6 by its network of 64 bits. */
    static String addressOf(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, PREFIX_BYTES) + "::/64"
                    : address;
        } catch (IllegalArgumentException _) {
            return shortened(address);
        }
    }

    /** Unknown names count like known ones, so that the pace does not reveal which names exist. */
    private static String nameOf(String name) {
        return shortened(name.strip().toLowerCase(Locale.ROOT));
    }

    private static String shortened(String text) {
        // PostgreSQL does not store NUL
        String key = text.replace('\0', '?');
        return key.substring(0, Math.min(key.length(), LONGEST));
    }
}
