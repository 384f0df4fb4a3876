package io.acmpintune.simulator.graph;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request for approval as the administrators' centre shows it.
 *
 * @param code          the {@code x-msft-approval-code}
 * @param application   client id of who asked
 * @param action        Graph's name of it, such as {@code wipe}
 * @param parameters    the body of the action
 * @param justification decoded
 * @param expires       from then on nobody can approve or complete it
 */
public record Approval(String code, String application, String deviceId, String action, ObjectNode parameters,
        String justification, Instant requested, Instant expires, Status status) {

    public Approval {
        parameters = parameters.deepCopy();
    }

    /** Where it stands, in Graph's words. */
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

        /** As in {@code operationApprovalRequest.status}. */
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

    /** Only what was approved, by whom it was asked for, may be done. */
    boolean permits(ActionRequest order, String by) {
        return status == Status.APPROVED && concerns(order) && application.equals(by)
                && parameters.equals(order.parameters());
    }
}
