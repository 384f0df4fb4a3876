package io.acmpintune.engine.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;

class OutageWatchTest {

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final Map<String, String> broken = new HashMap<>();
    private final OutageWatch watch = new OutageWatch(() -> broken, new OutageRepository(database.jdbc()),
            TestWebhooks.on(database, clock), Duration.ofMinutes(5), clock);

    OutageWatchTest() {
        database.jdbc().sql("truncate outage, webhook_delivery").update();
    }

    @Test
    void webhooksAreNotifiedOnceOfAnOutageThatLasts() {
        broken.put("IntuneConnector_1", "connector-unreachable");
        watch(Duration.ZERO);
        watch(Duration.ofMinutes(4));
        assertThat(notifications()).isEmpty();

        watch(Duration.ofMinutes(1));
        watch(Duration.ofHours(1));

        assertThat(notifications()).singleElement()
                .asString()
                .contains("connection-broken", "IntuneConnector_1", "connector-unreachable", TestWorkflows.NAME);
    }

    @Test
    void anInterruptedOutageStartsOver() {
        broken.put("ACMP-1", "acmp-server-unavailable");
        watch(Duration.ZERO);
        broken.clear();
        watch(Duration.ofMinutes(4));
        broken.put("ACMP-1", "acmp-server-unavailable");
        watch(Duration.ofMinutes(4));
        assertThat(notifications()).isEmpty();

        watch(Duration.ofMinutes(5));
        broken.clear();
        watch(Duration.ofMinutes(1));
        broken.put("ACMP-1", "acmp-server-unavailable");
        watch(Duration.ofMinutes(1));
        watch(Duration.ofMinutes(5));

        assertThat(notifications()).hasSize(2);
    }

    private void watch(Duration later) {
        clock.advance(later);
        assertThat(watch.run(database.run("watch-connections", 10))).isEqualTo(OutageWatch.INTERVAL);
    }

    private List<String> notifications() {
        return database.jdbc().sql("select body from webhook_delivery").query((row, _) -> row.getString(1)).list();
    }
}
