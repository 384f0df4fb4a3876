package io.acmpintune.runtime.lane;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Provides lanes to a service that imports it. */
@Configuration(proxyBeanMethods = false)
public class LaneConfiguration {

    /** Lanes are due by the clock of the host, because db-scheduler compares with that. */
    @Bean
    Lanes lanes(JdbcClient jdbc, TransactionOperations transactions, ObjectProvider<Scheduler> scheduler) {
        return new Lanes(jdbc, transactions, InstantSource.system(), scheduler);
    }

    /**
     * Runs each lane on a thread of its own, so that calls that hang delay no other lane. {@code db-scheduler.threads}
     * only limits how many due lanes are fetched at once.
     */
    @Bean
    DbSchedulerCustomizer laneThreads() {
        return new DbSchedulerCustomizer() {
            @Override
            public Optional<ExecutorService> executorService() {
                return Optional.of(
                        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 0).factory()));
            }
        };
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> lanesStart(Lanes lanes) {
        return _ -> lanes.start();
    }
}
