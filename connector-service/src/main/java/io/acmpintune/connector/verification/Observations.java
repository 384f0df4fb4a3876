package io.acmpintune.connector.verification;

import io.acmpintune.connector.graph.FirstRead;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.problem.Problem;

/** What was seen of a connection; nothing is judged yet. */
record Observations(Certificate certificate, Token token, Read read) {

    /** The connector's certificate. */
    sealed interface Certificate {
        /** The connector has a client secret. */
        record None() implements Certificate {}

        record Seen(CertificateFile.Look look) implements Certificate {}
    }

    /** A new access token. */
    sealed interface Token {
        record NotAsked() implements Token {}

        record Given(TokenRoles roles) implements Token {}

        record Refused(Problem problem) implements Token {}
    }

    /** A read of one device. */
    sealed interface Read {
        record NotTried() implements Read {}

        record Tried(FirstRead result) implements Read {}
    }
}
