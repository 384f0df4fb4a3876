package io.acmpintune.engine.acmp.sics;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON and cuts texts that are longer than a limit, so that one huge message neither fills the memory nor takes along those
 * that came with it. A cut text ends with {@link #CUT}.
 */
public final class ShortTexts extends FilterInputStream {

    /** No character, so that no text of a sender ends with it by mistake. */
    public static final String CUT = "\uffff";

    private static final byte[] MARK = CUT.getBytes(StandardCharsets.UTF_8);

    /** Above this total, all further texts are cut early. */
    private static final int LONG_TEXTS = 8;
    private static final int SHORT = 2_000;

    private final int longest;
    private long total;
    private boolean inText;
    private boolean escaped;
    /** Digits of an escape that are still to come. */
    private int digits;
    private int length;
    /** How much of the mark remains to be returned before the closing quote; less than 0 = nothing is being cut. */
    private int mark = -1;

    /** @param longest the limit of a text in bytes, as it is written in JSON */
    ShortTexts(InputStream json, int longest) {
        super(json);
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        if (mark >= 0) {
            if (mark < MARK.length) {
                return MARK[mark++] & 0xff;
            }
            mark = -1;
            inText = false;
            return '"';
        }
        int next = super.read();
        if (!inText) {
            inText = next == '"';
            length = 0;
            return next;
        }
        if (escaped) {
            escaped = false;
            digits = next == 'u' ? 4 : 0;
        } else if (digits > 0) {
            digits--;
        } else if (next == '"') {
            inText = false;
        } else if (length >= (total > (long) LONG_TEXTS * longest ? SHORT : longest) && isStart(next)) {
            return skipRest(next);
        } else if (next == '\\') {
            escaped = true;
        }
        length++;
        total++;
        return next;
    }

    /** A text is not cut in the middle of a character. */
    private static boolean isStart(int next) {
        return (next & 0xc0) != 0x80;
    }

    private int skipRest(int first) throws IOException {
        boolean quoted = false;
        for (int next = first; quoted || next != '"'; next = super.read()) {
            if (next < 0) {
                return next;
            }
            quoted = !quoted && next == '\\';
        }
        mark = 1;
        return MARK[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        int read = 0;
        while (read < count) {
            int next = read();
            if (next < 0) {
                break;
            }
            into[offset + read++] = (byte) next;
        }
        return read == 0 && count > 0 ? -1 : read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
