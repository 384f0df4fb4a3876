package io.acmpintune.connector.verification;

import org.jspecify.annotations.Nullable;

import io.acmpintune.connector.graph.ProbeResult;
import io.acmpintune.connector.tenant.CertificateFile;
import io.acmpintune.connector.tenant.TokenRoles;
import io.acmpintune.model.problem.Problem;

/**
 * Raw observations of a connection, not evaluated yet.
 *
 * @param acting sign-in of the application for actions; null = the reading application sends actions
 */
record Observations(Certificate certificate, Token token, Read read, @Nullable SignIn acting) {

    Observations(Certificate certificate, Token token, Read read) {
        this(certificate, token, read, null);
    }

    /** Sign-in of one application. */
    record SignIn(Certificate certificate, Token token) {}

    /** The connector's certificate. */
    sealed interface Certificate {
        /** The connector has a client secret. */
        record None() implements Certificate {}

        record Inspected(CertificateFile.Inspection look) implements Certificate {}
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

        record Tried(ProbeResult result) implements Read {}
    }
}
