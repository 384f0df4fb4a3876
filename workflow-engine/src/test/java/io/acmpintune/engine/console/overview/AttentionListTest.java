package io.acmpintune.engine.console.overview;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.alert.ReportedCredential;
import io.acmpintune.engine.console.Viewers;
import io.acmpintune.engine.console.overview.Attention.Severity;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.model.ExpiringCredential.Stage;

import static org.assertj.core.api.Assertions.assertThat;

class AttentionListTest {

    @Test
    void expiredCredentialsComeBeforeExpiringOnes() {
        List<Attention> found = AttentionList.of(List.of(),
                new OpenTasks.Tasks(List.of(credential("certificate", "2026-12-01T11:00:00Z", Stage.DAYS_7),
                        credential("client-secret", "2026-11-20T11:00:00Z", Stage.EXPIRED)), List.of(), 0, 0),
                Viewers.inBerlin());

        assertThat(found).extracting(Attention::severity).containsExactly(Severity.BAD, Severity.WARN);
        assertThat(found).extracting(Attention::key)
                .containsExactly("attention.client-secret.expired", "attention.certificate.expires");
        assertThat(found.getLast().values()).containsExactly("IntuneConnector_1", "1 Dec 2026, 12:00");
        assertThat(found.getLast().address()).isEqualTo("/console/set-up?workflow=W_1");
    }

    @Test
    void pendingApprovalsAreCounted() {
        assertThat(AttentionList.of(List.of(), new OpenTasks.Tasks(List.of(), List.of(), 2, 0), Viewers.inBerlin()))
                .singleElement()
                .satisfies(item -> assertThat(item.values()).containsExactly(2));
        assertThat(AttentionList.of(List.of(), new OpenTasks.Tasks(List.of(), List.of(), 0, 0), Viewers.inBerlin()))
                .isEmpty();
    }

    @Test
    void aLockComesBeforeDevicesThatWaitForADecision() {
        List<Attention> found = AttentionList.of(List.of(), new OpenTasks.Tasks(List.of(), List.of("W_1"), 0, 3),
                Viewers.inBerlin());

        assertThat(found).extracting(Attention::key).containsExactly("attention.locked", "attention.undecided");
        assertThat(found.getLast().values()).containsExactly(3);
    }

    private static ReportedCredential credential(String kind, String expires, Stage stage) {
        return new ReportedCredential("W_1", "IntuneConnector_1",
                new ExpiringCredential("reading", kind, Instant.parse(expires), stage));
    }
}
