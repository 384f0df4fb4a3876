package io.acmpintune.engine.safety;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.audit.Audit;
import io.acmpintune.engine.audit.AuditEvent;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditTarget;
import io.acmpintune.engine.audit.TestAudit;
import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.webhook.TestWebhooks;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StopNotificationsTest {

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final Audit audit = TestAudit.on(database.jdbc(), clock,
            new StopNotifications(new SafetyWebhooks(TestWebhooks.on(database, clock))));

    StopNotificationsTest() {
        database.jdbc().sql("truncate webhook_delivery").update();
    }

    @Test
    void pressedAndLiftedStopsAreNotifiedWithTheirEntries() {
        record(AuditEventType.EMERGENCY_STOP_PRESSED, "*");
        record(AuditEventType.EMERGENCY_STOP_LIFT_REQUESTED, "*");
        record(AuditEventType.REFUSED, "W_1");
        record(AuditEventType.EMERGENCY_STOP_LIFTED, "W_1");

        assertThat(bodies()).hasSize(2)
                .anySatisfy(body -> assertThat(body).contains("\"event\":\"stop-pressed\"", "\"workflow\":\"*\""))
                .anySatisfy(body -> assertThat(body).contains("\"event\":\"stop-lifted\"", "\"workflow\":\"W_1\""));
    }

    @Test
    void anEntryThatIsNotWrittenIsNotNotified() {
        assertThatThrownBy(() -> database.transactions().executeWithoutResult(_ -> {
            audit.record(event(AuditEventType.EMERGENCY_STOP_PRESSED, "*"));
            throw new IllegalArgumentException("the commit failed");
        })).isInstanceOf(IllegalArgumentException.class);

        assertThat(bodies()).isEmpty();
    }

    private void record(AuditEventType type, String scope) {
        database.transactions().executeWithoutResult(_ -> audit.record(event(type, scope)));
    }

    private static AuditEvent event(AuditEventType type, String scope) {
        return AuditEvent.of(type, "user:anna").to(AuditTarget.Kind.EMERGENCY_STOP, scope);
    }

    private List<String> bodies() {
        return database.jdbc().sql("select body from webhook_delivery").query((row, _) -> row.getString(1)).list();
    }
}
