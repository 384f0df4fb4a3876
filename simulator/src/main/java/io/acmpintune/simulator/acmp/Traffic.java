package io.acmpintune.simulator.acmp;

/**
 * What came in of one command, good or bad.
 *
 * @param messages how many messages named it
 * @param records  how many records or strings they carried together
 * @param largest  the most that one of them carried
 */
public record Traffic(long messages, long records, int largest) {

    static final Traffic NONE = new Traffic(0, 0, 0);

    Traffic plus(int more) {
        return new Traffic(messages + 1, records + more, Math.max(largest, more));
    }
}
