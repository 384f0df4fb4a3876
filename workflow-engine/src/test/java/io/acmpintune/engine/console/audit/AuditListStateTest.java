package io.acmpintune.engine.console.audit;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.console.Viewers;

import static org.assertj.core.api.Assertions.assertThat;

class AuditListStateTest {

    @Test
    void anAddressIsReadAndWrittenWithoutLoss() {
        AuditListState state = read(Map.of("event", "HOLD_DECIDED", "actor", "user:anna", "from", "2026-11-25T14:50",
                "target", "a&b", "before", "17"));

        assertThat(state.address()).isEqualTo("/console/audit?workflow=W_1&event=HOLD_DECIDED&actor=user%3Aanna"
                + "&from=2026-11-25T14%3A50&target=a%26b&before=17");
        assertThat(state.export()).startsWith("/console/audit/export?workflow=W_1&event=HOLD_DECIDED")
                .doesNotContain("before");
        assertThat(state.filter(Viewers.inBerlin())).isEqualTo(new AuditFilter(Instant.parse("2026-11-25T13:50:00Z"),
                null, "user:anna", AuditEventType.HOLD_DECIDED, "a&b"));
    }

    @Test
    void whatIsWrongInAnAddressCountsAsNotSaid() {
        AuditListState state = read(Map.of("event", "NOTHING", "from", "+1000000000-01-01T00:00", "to", "yesterday",
                "before", "x", "after", "99999999999999999999", "actor", "\0\ud800", "target", " "));

        assertThat(state).isEqualTo(read(Map.of()));
        assertThat(state.filter(Viewers.inBerlin())).isEqualTo(AuditFilter.ALL);
        assertThat(state.isFiltered()).isFalse();
    }

    private static AuditListState read(Map<String, String> parameters) {
        return AuditListState.read("W_1", parameters, Viewers.inBerlin());
    }
}
