package io.acmpintune.engine.job;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.acmpintune.model.problem.Problem;
import io.acmpintune.runtime.lane.Lanes;
import io.acmpintune.runtime.problem.ProblemException;

/** Makes jobs and tells how they stand. */
@Component
public class Jobs {

    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    private final JobRepository jobs;
    private final TransactionOperations transactions;
    private final Lanes lanes;
    private final InstantSource clock;

    Jobs(JobRepository jobs, TransactionOperations transactions, Lanes lanes, InstantSource clock) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.lanes = lanes;
        this.clock = clock;
    }

    /**
     * Stores the job under its key and has its actions relayed at once. The same key with the same order is the same job.
     *
     * @throws ProblemException 409 for a key that stands for another order
     */
    public Job start(JobOrder order, String key) {
        UUID id = UUID.randomUUID();
        boolean added = Boolean.TRUE.equals(transactions.execute(_ -> jobs.add(id, order, key, clock.instant())));
        if (added) {
            log.info("Job {}: {} on {} clients of {}", id, order.queryAction().acmpName(), order.clients().size(),
                    order.workflow());
            lanes.wake(JobConfiguration.RELAY, order.workflow());
            return find(id).orElseThrow();
        }
        JobRepository.Known known = jobs.byKey(order.workflow(), key).orElseThrow();
        if (!known.order().equals(order)) {
            throw new ProblemException(
                    Problem.of("idempotency-key-reused", "Idempotency key used for another order", 409,
                            "The key stands for job " + known.id() + ", which was asked for otherwise.",
                            "Choose a new key for a new order; repeat an order with exactly the same body."));
        }
        return find(known.id()).orElseThrow();
    }

    public Optional<Job> find(UUID id) {
        return jobs.find(id);
    }
}
