package io.acmpintune.runtime.lane;

import java.time.InstantSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Makes lanes available to a service that imports it. */
@Configuration(proxyBeanMethods = false)
public class LaneConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    Lanes lanes(JdbcClient jdbc, TransactionOperations transactions, InstantSource clock,
            ObjectProvider<Scheduler> scheduler) {
        return new Lanes(jdbc, transactions, clock, scheduler);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> lanesStart(Lanes lanes) {
        return _ -> lanes.start();
    }
}
