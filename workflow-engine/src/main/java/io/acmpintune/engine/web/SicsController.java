package io.acmpintune.engine.web;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.verification.SicsReport;
import io.acmpintune.engine.verification.SicsVerification;

/** Verification of the connection to SICS. */
@RestController
class SicsController {

    private final SicsVerification verification;

    SicsController(SicsVerification verification) {
        this.verification = verification;
    }

    /** Verifies the connection to every ACMP server; 200 with a report whatever the outcome. */
    @PostMapping("/api/v1/sics/verification")
    SicsReport verify() {
        return verification.verify();
    }
}
