package io.acmpintune.engine.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * An answer that is written while it comes into being, by the request's own thread, which is a virtual one. Its writer keeps
 * failures to itself: that a reader has left shows in {@link PrintWriter#checkError}.
 */
@FunctionalInterface
interface StreamedBody {

    void writeTo(PrintWriter out);

    /** Writes such answers in UTF-8. */
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
            throw new HttpMessageNotReadableException("Nobody sends this here", message);
        }

        @Override
        protected void writeInternal(StreamedBody body, HttpOutputMessage message) throws IOException {
            PrintWriter out = new PrintWriter(
                    new BufferedWriter(new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8)));
            body.writeTo(out);
            out.flush();
        }
    }
}
