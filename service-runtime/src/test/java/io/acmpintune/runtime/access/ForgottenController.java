package io.acmpintune.runtime.access;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A route for which somebody forgot the rule. It is not in a package that a service scans. */
@RestController
public class ForgottenController {

    /** Where it is. */
    public static final String PATH = "/api/v1/forgotten";

    @GetMapping(PATH)
    String forgotten(Identity caller) {
        return caller.key();
    }
}
