package io.acmpintune.runtime.database;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the connections of the emergency stop. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(800);

    @Bean(defaultCandidate = false)
    @Qualifier("urgent")
    HikariDataSource urgentPool(DataSource common) throws SQLException {
        return SmallPool.beside(common, "urgent", 3, LONGEST_WAIT);
    }

    @Bean
    UrgentDatabase urgentDatabase(@Qualifier("urgent") DataSource pool) {
        return new UrgentDatabase(JdbcClient.create(pool));
    }
}
