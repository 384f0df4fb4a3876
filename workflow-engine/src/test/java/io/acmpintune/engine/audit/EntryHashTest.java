package io.acmpintune.engine.audit;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EntryHashTest {

    /** Computed by a program of another language, after what docs/audit.md says. */
    @Test
    void theHashIsWhatTheDocumentationSays() {
        AuditEntry entry = new AuditEntry(1, Instant.parse("2026-11-23T08:00:00.000120Z"), "token:anna", null,
                "ACTION_SENT", "IntuneMobileDevices_1", "DEVICE", "d-1", Map.of("job", "j", "device", "d-1"), null,
                Map.of(), "grün 🙂", EntryHash.NONE, "");

        assertThat(EntryHash.of(entry, 1))
                .isEqualTo("1a232f252d600e7d1310251357ed4e9f4e64cb9a8cb572d36c4399251e0415f9");
    }

    @Test
    void noTwoEntriesLookAlikeByMovingTextFromOneFieldToTheNext() {
        assertThat(hash("ab", "c", null)).isNotEqualTo(hash("a", "bc", null));
        assertThat(hash("a", null, "b")).isNotEqualTo(hash("a", "b", null));
        assertThat(hash("a", "", null)).isNotEqualTo(hash("a", null, null));
    }

    private static String hash(String actor, @Nullable String onBehalfOf, @Nullable String workflow) {
        return EntryHash.of(new AuditEntry(1, Instant.EPOCH, actor, onBehalfOf, "REFUSED", workflow, null, null,
                Map.of(), null, null, null, EntryHash.NONE, ""), 1);
    }
}
