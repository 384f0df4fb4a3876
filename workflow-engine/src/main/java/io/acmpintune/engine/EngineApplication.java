package io.acmpintune.engine;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Import;

import io.acmpintune.runtime.continuity.ContinuityConfiguration;
import io.acmpintune.runtime.database.DatabaseConfiguration;
import io.acmpintune.runtime.lane.LaneConfiguration;

/** workflow-engine: the ACMP side. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({ContinuityConfiguration.class, DatabaseConfiguration.class, LaneConfiguration.class})
public class EngineApplication {

    public static void main(String[] args) {
        SpringApplication.run(EngineApplication.class, args);
    }
}
