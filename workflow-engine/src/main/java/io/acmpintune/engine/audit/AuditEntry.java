package io.acmpintune.engine.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A stored entry of the audit.
 *
 * @param seq 1, 2, 3 … without gaps
 * @param at to the microsecond
 * @param event name of an {@link AuditEventType} of this or another version
 * @param previousHash the previous entry's hash, 64 hexadecimal digits; zeros for the first entry
 * @param hash SHA-256 over all other fields, 64 hexadecimal digits; {@code docs/audit.md} describes the input
 */
public record AuditEntry(long seq, Instant at, String actor, @Nullable String onBehalfOf, String event,
        @Nullable String workflow, @Nullable String targetKind, @Nullable String targetId,
        Map<String, String> correlation, @Nullable Map<String, String> before, @Nullable Map<String, String> after,
        @Nullable String reason, String previousHash, String hash) {

    private static final DateTimeFormatter TO_THE_MICROSECOND = DateTimeFormatter
            .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    /** Returns the event as the next entry of the chain. */
    static AuditEntry next(long seq, Instant at, String previousHash, AuditEvent event) {
        AuditTarget target = event.target();
        AuditEntry open = new AuditEntry(seq, at, event.actor(), event.onBehalfOf(), event.event().name(),
                event.workflow(), target == null ? null : target.kind().name(), target == null ? null : target.id(),
                event.correlation().values(), values(event.before()), values(event.after()), event.reason(),
                previousHash, "");
        return new AuditEntry(seq, at, open.actor, open.onBehalfOf, open.event, open.workflow, open.targetKind,
                open.targetId, open.correlation, open.before, open.after, open.reason, previousHash,
                EntryHash.of(open, seq));
    }

    /** Returns the time as it is hashed: in UTC with six decimals. */
    public String time() {
        return TO_THE_MICROSECOND.format(at);
    }

    private static @Nullable Map<String, String> values(@Nullable AuditValues facts) {
        return facts == null ? null : facts.values();
    }
}
