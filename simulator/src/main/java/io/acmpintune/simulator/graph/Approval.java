package io.acmpintune.simulator.graph;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request for approval as the admin center shows it.
 *
 * @param code the {@code x-msft-approval-code}
 * @param application client id of the requesting application
 * @param action Graph's name of the action, such as {@code wipe}
 * @param parameters the body of the action
 * @param justification decoded
 * @param expires from then on it can be neither approved nor completed
 */
public record Approval(String code, String application, String deviceId, String action, ObjectNode parameters,
        String justification, Instant requested, Instant expires, Status status) {

    public Approval {
        parameters = parameters.deepCopy();
    }

    /** The status, by Graph's names. */
    public enum Status {
        NEEDS_APPROVAL("needsApproval"),
        APPROVED("approved"),
        REJECTED("rejected"),
        CANCELLED("cancelled"),
        EXPIRED("expired"),
        COMPLETED("completed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** Returns the value in {@code operationApprovalRequest.status}. */
        public String word() {
            return word;
        }

        boolean open() {
            return this == NEEDS_APPROVAL || this == APPROVED;
        }
    }

    Approval with(Status next) {
        return new Approval(code, application, deviceId, action, parameters, justification, requested, expires, next);
    }

    Approval at(Instant now) {
        return status.open() && !now.isBefore(expires) ? with(Status.EXPIRED) : this;
    }

    boolean concerns(ActionRequest order) {
        return deviceId.equals(order.device().id()) && action.equals(order.action().segment());
    }

    /** Whether this is exactly the approved action, requested by the same application. */
    boolean permits(ActionRequest order, String by) {
        return status == Status.APPROVED && concerns(order) && application.equals(by)
                && parameters.equals(order.parameters());
    }
}
