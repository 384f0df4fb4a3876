package io.acmpintune.runtime.lane;

import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A fencing token: a run's right to write. db-scheduler runs a lane on one replica, but a paused replica (a suspended
 * virtual machine, a long garbage collection) does not notice that it was declared dead. So each run takes a higher
 * number, and each of its transactions first locks the row and checks that the number is still the highest.
 */
final class Fence {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final String lane;
    private final long number;

    private Fence(JdbcClient jdbc, TransactionOperations transactions, String lane, long number) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.lane = lane;
        this.number = number;
    }

    static Fence take(JdbcClient jdbc, TransactionOperations transactions, String lane) {
        long number = jdbc.sql("""
                insert into lane (name, fence) values (:lane, 1)
                on conflict (name) do update set fence = lane.fence + 1
                returning fence
                """).param("lane", lane).query(Long.class).single();
        return new Fence(jdbc, transactions, lane, number);
    }

    <T> T write(Supplier<T> work) {
        return transactions.execute(_ -> {
            // "for share" makes a replica that takes over wait for the end of this transaction
            long current = jdbc.sql("select fence from lane where name = :lane for share")
                    .param("lane", lane)
                    .query(Long.class)
                    .single();
            if (current != number) {
                throw new LaneLostException(lane, number);
            }
            return work.get();
        });
    }
}
