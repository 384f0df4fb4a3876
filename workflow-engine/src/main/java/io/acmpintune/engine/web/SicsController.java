package io.acmpintune.engine.web;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.verification.SicsReport;
import io.acmpintune.engine.verification.SicsVerification;

/** The connection to SICS, to be checked. */
@RestController
class SicsController {

    private final SicsVerification verification;

    SicsController(SicsVerification verification) {
        this.verification = verification;
    }

    /** Checks each step of the way to every ACMP server; 200 with the report whatever was found. */
    @PostMapping("/api/v1/sics/verification")
    SicsReport verify() {
        return verification.verify();
    }
}
