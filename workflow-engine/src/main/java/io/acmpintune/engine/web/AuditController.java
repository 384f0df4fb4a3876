package io.acmpintune.engine.web;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.AuditEntry;
import io.acmpintune.engine.audit.AuditEventType;
import io.acmpintune.engine.audit.AuditExport;
import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.audit.AuditTrail;
import io.acmpintune.engine.audit.ChainVerification;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** Lists, exports and verifies the audit. */
@RestController
class AuditController {

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final AuditTrail trail;
    private final AuditExport export;

    AuditController(AuditTrail trail, AuditExport export) {
        this.trail = trail;
        this.export = export;
    }

    /** A page of entries, oldest first; {@code next} is the next page's {@code after}, null on the last page. */
    record AuditPage(List<AuditEntry> entries, @Nullable Long next) {}

    /** The result of an earlier verification; both values or neither. */
    record CheckpointRequest(@Nullable Long entries, @Nullable String hash) {}

    @GetMapping("/api/v1/audit")
    AuditPage page(@RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable AuditEventType event,
            @RequestParam(required = false) @Nullable String target, @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        Parameters.limit(limit);
        List<AuditEntry> page = trail.page(filter(from, to, actor, event, target), after, limit);
        return new AuditPage(page, page.size() < limit ? null : page.getLast().seq());
    }

    /** Streams all entries that match the filter as CSV. */
    @GetMapping("/api/v1/audit.csv")
    ResponseEntity<StreamedBody> export(@RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable AuditEventType event,
            @RequestParam(required = false) @Nullable String target, Identity caller) {
        AuditFilter filter = filter(from, to, actor, event, target);
        export.begin(caller.key());
        return StreamedBody.csv("audit.csv", out -> this.export.write(filter, out));
    }

    /** Verifies the whole chain; answers 200 for a broken chain, too. */
    @PostMapping("/api/v1/audit/verification")
    ChainVerification verify(@RequestBody(required = false) @Nullable CheckpointRequest checkpoint, Identity caller) {
        return trail.verify(checkpoint(checkpoint), caller.key());
    }

    private static ChainVerification.@Nullable Checkpoint checkpoint(@Nullable CheckpointRequest request) {
        if (request == null || (request.entries() == null && request.hash() == null)) {
            return null;
        }
        Long entries = request.entries();
        String hash = request.hash();
        if (entries == null || entries < 1) {
            throw InvalidRequest.of("entries", "must be the number of entries of an earlier verification");
        }
        if (hash == null || !HASH.matcher(hash).matches()) {
            throw InvalidRequest.of("hash", "must be the 64 hexadecimal digits of an earlier verification");
        }
        return new ChainVerification.Checkpoint(entries, hash);
    }

    private static AuditFilter filter(@Nullable Instant from, @Nullable Instant to, @Nullable String actor,
            @Nullable AuditEventType event, @Nullable String target) {
        return new AuditFilter(Parameters.instant("from", from), Parameters.instant("to", to),
                Parameters.text("actor", actor), event, Parameters.text("target", target));
    }
}
