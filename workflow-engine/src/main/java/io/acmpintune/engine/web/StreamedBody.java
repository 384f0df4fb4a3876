package io.acmpintune.engine.web;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * A response body that the request's virtual thread writes while it reads the data. The writer hides failures: whether the reader has
 * disconnected shows in {@link PrintWriter#checkError}.
 */
@FunctionalInterface
interface StreamedBody {

    void writeTo(PrintWriter out);

    /** Returns a response that browsers save as a CSV file. */
    static ResponseEntity<StreamedBody> csv(String fileName, StreamedBody body) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .body(body);
    }

    /** Writes streamed bodies in UTF-8. */
    @Component
    final class Converter extends AbstractHttpMessageConverter<StreamedBody> {

        Converter() {
            super(StandardCharsets.UTF_8, new MediaType("text", "csv"), MediaType.TEXT_EVENT_STREAM);
        }

        @Override
        protected boolean supports(Class<?> type) {
            return StreamedBody.class.isAssignableFrom(type);
        }

        @Override
        protected StreamedBody readInternal(Class<? extends StreamedBody> type, HttpInputMessage message) {
            throw new HttpMessageNotReadableException("Streamed bodies are never read", message);
        }

        @Override
        protected void writeInternal(StreamedBody body, HttpOutputMessage message) throws IOException {
            PrintWriter out = new PrintWriter(
                    new BufferedWriter(new OutputStreamWriter(flushed(message), StandardCharsets.UTF_8)));
            body.writeTo(out);
            out.flush();
        }

        /** Spring's stream ignores flushes, so that an event would wait in Tomcat's buffer until 8 KB follow it. */
        private static OutputStream flushed(HttpOutputMessage message) throws IOException {
            return new FilterOutputStream(message.getBody()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    out.write(bytes, offset, length);
                }

                @Override
                public void flush() throws IOException {
                    if (message instanceof Flushable response) {
                        response.flush();
                    }
                }
            };
        }
    }
}
