package io.acmpintune.engine.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.matching.DeviceDecision;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.Problem.FieldError;
import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

/** Parses a request for a decision, or reports all wrong fields at once. Pure. */
final class DecisionReader {

    private static final int LONGEST_NAME = 200;
    private static final String VERDICTS = "pin, split, ignore or undo";

    private final List<FieldError> errors = new ArrayList<>();

    private DecisionReader() {}

    /**
     * Reads a request.
     *
     * @return the decision; empty = the earlier decision is undone
     * @throws ProblemException 400 with every wrong field
     */
    static Optional<DeviceDecision> read(DecisionRequest request, Instant now) {
        return new DecisionReader().verdict(request, now);
    }

    private Optional<DeviceDecision> verdict(DecisionRequest request, Instant now) {
        String by = decidedBy(request.decidedBy());
        String verdict = request.verdict() == null ? "" : request.verdict();
        Optional<UUID> client = client(verdict.equals("pin"), request.clientId());
        Optional<DeviceDecision> read = switch (verdict) {
            case "pin" -> client.map(id -> new DeviceDecision.Pin(id, by, now));
            case "split" -> Optional.of(new DeviceDecision.Split(by, now));
            case "ignore" -> Optional.of(new DeviceDecision.Ignore(by, now));
            case "undo" -> Optional.empty();
            default -> {
                wrong("verdict", verdict.isEmpty()
                        ? "is missing; set " + VERDICTS
                        : "is no verdict; set " + VERDICTS);
                yield Optional.empty();
            }
        };
        if (!errors.isEmpty()) {
            throw refused(errors);
        }
        return read;
    }

    /** Returns the refusal of a request with these wrong fields. */
    static ProblemException refused(List<FieldError> errors) {
        return new ProblemException(Problem.of(ProblemKind.INVALID_DECISION,
                "The decision has " + errors.size() + " wrong field(s); nothing was changed.",
                "Correct what is named and send the decision again.").withErrors(errors));
    }

    private Optional<UUID> client(boolean wanted, @Nullable String text) {
        if (!wanted) {
            if (text != null) {
                wrong("clientId", "belongs to the verdict pin only; leave it out");
            }
            return Optional.empty();
        }
        try {
            Optional<UUID> id = text == null ? Optional.empty() : AcmpGuid.read(text);
            if (id.isPresent()) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        wrong("clientId", "must be the GUID of a client, such as {B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}");
        return Optional.empty();
    }

    private String decidedBy(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            wrong("decidedBy", "must name the operator with 1 to " + LONGEST_NAME + " printable characters");
            return "";
        }
        return name.strip();
    }

    private void wrong(String field, String reason) {
        errors.add(new FieldError(field, reason));
    }
}
