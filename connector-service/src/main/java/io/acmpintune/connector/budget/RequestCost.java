package io.acmpintune.connector.budget;

/**
 * Cost of a call. Intune counts each item of a batch separately.
 *
 * @param writes requests that change something
 * @param requests all requests, including writes
 */
public record RequestCost(int writes, int requests) {

    public RequestCost {
        if (writes < 0 || requests < writes || requests == 0) {
            throw new IllegalArgumentException("invalid cost: " + writes + " writes, " + requests + " requests");
        }
    }

    public static RequestCost reads(int count) {
        return new RequestCost(0, count);
    }

    public static RequestCost actions(int count) {
        return new RequestCost(count, count);
    }
}
