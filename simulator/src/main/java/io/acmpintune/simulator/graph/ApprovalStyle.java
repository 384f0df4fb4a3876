package io.acmpintune.simulator.graph;

/**
 * How Multi Admin Approval behaves, in which Microsoft's articles and its users' reports differ.
 *
 * @param status HTTP status of the answer that a request has been filed: 412 as users saw it, 403 as one version of
 *               Microsoft's article says, or 400 as another
 * @param code   where that answer tells the approval code
 * @param lookup how {@code operationApprovalRequests} answers a {@code $filter} by {@code requestId}
 */
public record ApprovalStyle(int status, Code code, Lookup lookup) {

    /** Where the code of a filed request stands. */
    public enum Code {
        IN_HEADER, IN_MESSAGE, IN_BOTH
    }

    /** What the list of approval requests does about a filter. */
    public enum Lookup {
        /** Answers what was asked for. */
        FILTERED,
        /** Answers all requests, as Intune does with filters that it does not know. */
        UNFILTERED,
        /** As before, and the entities have no {@code requestId}, as in Graph's metadata; {@code id} is the code. */
        UNFILTERED_BY_ID
    }

    public ApprovalStyle {
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException("a request is refused with 4xx, not " + status);
        }
    }

    /** 412, the code in header and message, filters work. */
    public static ApprovalStyle observed() {
        return new ApprovalStyle(412, Code.IN_BOTH, Lookup.FILTERED);
    }
}
