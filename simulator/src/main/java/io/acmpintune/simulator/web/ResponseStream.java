package io.acmpintune.simulator.web;

import java.io.IOException;
import java.io.OutputStream;

import com.sun.net.httpserver.HttpExchange;

/** Sends a body of unknown length: a small one with its length, a large one in chunks. */
final class ResponseStream extends OutputStream {

    private static final int LIMIT = 64 * 1024;

    private final HttpExchange exchange;
    private final int status;
    private final byte[] buffer = new byte[LIMIT];
    private int length;
    private boolean started;

    ResponseStream(HttpExchange exchange, int status) {
        this.exchange = exchange;
        this.status = status;
    }

    @Override
    public void write(int b) throws IOException {
        if (length == LIMIT) {
            flushChunk();
        }
        buffer[length++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            if (length == LIMIT) {
                flushChunk();
            }
            int part = Math.min(LIMIT - length, count - done);
            System.arraycopy(bytes, offset + done, buffer, length, part);
            length += part;
            done += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (!started) {
            started = true;
            exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        }
        if (length > 0) {
            exchange.getResponseBody().write(buffer, 0, length);
            length = 0;
        }
        exchange.close();
    }

    private void flushChunk() throws IOException {
        if (!started) {
            started = true;
            exchange.sendResponseHeaders(status, 0);
        }
        exchange.getResponseBody().write(buffer, 0, length);
        length = 0;
    }
}
