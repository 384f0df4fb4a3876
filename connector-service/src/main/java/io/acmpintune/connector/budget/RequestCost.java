package io.acmpintune.connector.budget;

/**
 * What a call costs. Intune counts each item of a batch by itself.
 *
 * @param writes how many of the requests change something
 * @param requests all of them
 */
public record RequestCost(int writes, int requests) {

    public RequestCost {
        if (writes < 0 || requests < writes || requests == 0) {
            throw new IllegalArgumentException("no call costs " + writes + " writes and " + requests + " requests");
        }
    }

    public static RequestCost reads(int number) {
        return new RequestCost(0, number);
    }

    public static RequestCost actions(int number) {
        return new RequestCost(number, number);
    }
}
