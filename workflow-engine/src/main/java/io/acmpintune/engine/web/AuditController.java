package io.acmpintune.engine.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.audit.AuditEntry;
import io.acmpintune.engine.audit.AuditExport;
import io.acmpintune.engine.audit.AuditFilter;
import io.acmpintune.engine.audit.AuditTrail;
import io.acmpintune.engine.audit.AuditedEvent;
import io.acmpintune.engine.audit.Verification;
import io.acmpintune.runtime.access.Identity;
import io.acmpintune.runtime.problem.InvalidRequest;

/** The audit: read, exported, verified. Exports and verifications are recorded themselves. */
@RestController
class AuditController {

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final AuditTrail trail;
    private final AuditExport export;

    AuditController(AuditTrail trail, AuditExport export) {
        this.trail = trail;
        this.export = export;
    }

    /** A page of entries, oldest first; {@code next} is the {@code after} of the next page, null after the last. */
    record AuditPage(List<AuditEntry> entries, @Nullable Long next) {}

    /** What an earlier verification answered; both or neither. */
    record WitnessRequest(@Nullable Long entries, @Nullable String hash) {}

    @GetMapping("/api/v1/audit")
    AuditPage page(@RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable AuditedEvent event,
            @RequestParam(required = false) @Nullable String target, @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        Parameter.limit(limit);
        List<AuditEntry> page = trail.page(filter(from, to, actor, event, target), after, limit);
        return new AuditPage(page, page.size() < limit ? null : page.getLast().seq());
    }

    /** All entries that the filter admits, as RFC 4180 has it; sent while they are read, so there may be any number of them. */
    @GetMapping("/api/v1/audit.csv")
    ResponseEntity<AuditCsv.Export> export(@RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable AuditedEvent event,
            @RequestParam(required = false) @Nullable String target, Identity caller) {
        AuditFilter filter = filter(from, to, actor, event, target);
        export.begin(caller.name());
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")
                .body(new AuditCsv.Export(filter));
    }

    /** Verifies the whole chain; a chain that is broken is an answer, not an error. */
    @PostMapping("/api/v1/audit/verification")
    Verification verify(@RequestBody(required = false) @Nullable WitnessRequest witness, Identity caller) {
        return trail.verify(witness(witness), caller.name());
    }

    private static Verification.@Nullable Witness witness(@Nullable WitnessRequest request) {
        if (request == null || (request.entries() == null && request.hash() == null)) {
            return null;
        }
        Long entries = request.entries();
        String hash = request.hash();
        if (entries == null || entries < 1) {
            throw InvalidRequest.of("entries", "must be the number of entries that an earlier verification answered");
        }
        if (hash == null || !HASH.matcher(hash).matches()) {
            throw InvalidRequest.of("hash", "must be the 64 hexadecimal digits that an earlier verification answered");
        }
        return new Verification.Witness(entries, hash);
    }

    private static AuditFilter filter(@Nullable Instant from, @Nullable Instant to, @Nullable String actor,
            @Nullable AuditedEvent event, @Nullable String target) {
        if (unstorable(actor)) {
            throw InvalidRequest.of("actor", "must be the name of an identity");
        }
        if (unstorable(target)) {
            throw InvalidRequest.of("target", "must be an id");
        }
        return new AuditFilter(Parameter.instant("from", from), Parameter.instant("to", to), actor, event, target);
    }

    /** PostgreSQL takes no NUL and no half of a surrogate pair. */
    private static boolean unstorable(@Nullable String text) {
        return text != null && (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }
}
