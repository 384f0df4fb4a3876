package io.acmpintune.simulator.acmp;

/**
 * The received requests of one command, valid or not.
 *
 * @param messages number of messages
 * @param records total number of records or strings in them
 * @param largest largest number of records or strings in one message
 */
public record Traffic(long messages, long records, int largest) {

    static final Traffic NONE = new Traffic(0, 0, 0);

    Traffic plus(int more) {
        return new Traffic(messages + 1, records + more, Math.max(largest, more));
    }
}
