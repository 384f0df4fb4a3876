package io.acmpintune.simulator.graph;

/**
 * How Multi Admin Approval behaves. Microsoft's articles and reports of users differ.
 *
 * @param status HTTP status when a request is filed: 412 as users reported, 403 or 400 in different versions of
 * Microsoft's article
 * @param code where that response contains the approval code
 * @param lookup how {@code operationApprovalRequests} responds to a {@code $filter} by {@code requestId}
 */
public record ApprovalStyle(int status, Code code, Lookup lookup) {

    /** Where the response contains the code of a filed request. */
    public enum Code {
        IN_HEADER, IN_MESSAGE, IN_BOTH
    }

    /** What the list of approval requests does with a filter. */
    public enum Lookup {
        /** Returns the matching requests. */
        FILTERED,
        /** Ignores the filter and returns all requests, as Intune does with filters it does not support. */
        UNFILTERED,
        /**
         * Ignores the filter, and entities have no {@code requestId}, as in Graph's metadata; {@code id} is the code.
         */
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
