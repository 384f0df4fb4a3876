package io.acmpintune.engine.outage;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.fixture.MovableClock;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.engine.workflow.TestWorkflows;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class OutageWatchTest {

    private final EngineDatabase database = EngineDatabase.empty();
    private final MovableClock clock = new MovableClock();
    private final Map<String, String> broken = new HashMap<>();
    private final OutageWatch watch = new OutageWatch(() -> broken, new OutageRepository(database.jdbc()),
            TestWebhooks.on(database, clock), Duration.ofMinutes(5), clock);

    OutageWatchTest() {
        database.jdbc().sql("truncate outage, webhook_delivery").update();
    }

    @Test
    void anOutageThatLastsIsToldOnce() {
        broken.put("IntuneConnector_1", "connector-unreachable");
        look(Duration.ZERO);
        look(Duration.ofMinutes(4));
        assertThat(told()).isEmpty();

        look(Duration.ofMinutes(1));
        look(Duration.ofHours(1));

        assertThat(told()).singleElement()
                .asString()
                .contains("connection-broken", "IntuneConnector_1", "connector-unreachable", TestWorkflows.NAME);
    }

    @Test
    void whatWorkedInBetweenIsAnotherOutage() {
        broken.put("ACMP-1", "acmp-server-unavailable");
        look(Duration.ZERO);
        broken.clear();
        look(Duration.ofMinutes(4));
        broken.put("ACMP-1", "acmp-server-unavailable");
        look(Duration.ofMinutes(4));
        assertThat(told()).isEmpty();

        look(Duration.ofMinutes(5));
        broken.clear();
        look(Duration.ofMinutes(1));
        broken.put("ACMP-1", "acmp-server-unavailable");
        look(Duration.ofMinutes(1));
        look(Duration.ofMinutes(5));

        assertThat(told()).hasSize(2);
    }

    private void look(Duration later) {
        clock.move(later);
        assertThat(watch.run(database.run("watch-connections", 10))).isEqualTo(OutageWatch.BETWEEN_LOOKS);
    }

    private List<String> told() {
        return database.jdbc().sql("select body from webhook_delivery").query((row, _) -> row.getString(1)).list();
    }
}
