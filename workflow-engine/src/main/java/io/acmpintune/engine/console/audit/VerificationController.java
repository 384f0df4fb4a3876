package io.acmpintune.engine.console.audit;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.acmpintune.engine.audit.AuditTrail;
import io.acmpintune.engine.audit.ChainVerification;
import io.acmpintune.runtime.access.Identity;

/** Verifies the audit. */
@Controller
class VerificationController {

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final AuditTrail trail;

    VerificationController(AuditTrail trail) {
        this.trail = trail;
    }

    @GetMapping("/console/audit/verification")
    String form(Model model) {
        return page("", "", false, null, model);
    }

    /**
     * Verifies the whole chain, and compares it with an earlier verification if the form has one.
     *
     * @param entries given together with {@code hash}, or not at all
     */
    @PostMapping("/console/audit/verification")
    String verify(@RequestParam(defaultValue = "") String entries, @RequestParam(defaultValue = "") String hash,
            Identity caller, Model model) {
        String count = entries.strip();
        String digits = hash.strip();
        if (count.isEmpty() && digits.isEmpty()) {
            return page(count, digits, false, trail.verify(null, caller.key()), model);
        }
        if (!COUNT.matcher(count).matches() || !HASH.matcher(digits).matches()) {
            return page(count, digits, true, null, model);
        }
        return page(count, digits, false,
                trail.verify(new ChainVerification.Checkpoint(Long.parseLong(count), digits), caller.key()), model);
    }

    private static String page(String entries, String hash, boolean wrong, @Nullable ChainVerification verification,
            Model model) {
        model.addAttribute("entries", entries);
        model.addAttribute("hash", hash);
        model.addAttribute("wrong", wrong);
        model.addAttribute("verification", verification);
        return "console/audit-verification";
    }
}
