package io.acmpintune.engine.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

import io.acmpintune.engine.audit.AuditExport;
import io.acmpintune.engine.audit.AuditFilter;

/** Sends the audit as CSV, while it is read. */
@Component
final class AuditCsv extends AbstractHttpMessageConverter<AuditCsv.Export> {

    private final AuditExport audit;

    AuditCsv(AuditExport audit) {
        super(StandardCharsets.UTF_8, new MediaType("text", "csv"));
        this.audit = audit;
    }

    /** Which entries to write. */
    record Export(AuditFilter filter) {}

    @Override
    protected boolean supports(Class<?> type) {
        return type == Export.class;
    }

    @Override
    protected Export readInternal(Class<? extends Export> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("Nobody sends the audit here", message);
    }

    @Override
    protected void writeInternal(Export export, HttpOutputMessage message) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8));
        audit.write(export.filter(), writer);
    }
}
