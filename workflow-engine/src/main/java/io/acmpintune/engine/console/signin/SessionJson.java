package io.acmpintune.engine.console.signin;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes attributes of sessions as JSON, and reads nothing but {@link StoredAttribute}: a row that somebody changed creates no other
 * objects, and one that cannot be read is no attribute, which signs its user out.
 */
final class SessionJson {

    private static final Logger log = LoggerFactory.getLogger(SessionJson.class);

    private final JsonMapper json = JsonMapper.builder().build();

    ConversionService conversions() {
        GenericConversionService conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, this::write);
        Converter<byte[], @Nullable Object> reading = this::read;
        conversions.addConverter(byte[].class, Object.class, reading);
        return conversions;
    }

    byte[] write(Object attribute) {
        return json.writerFor(StoredAttribute.class).writeValueAsBytes(StoredAttribute.of(attribute));
    }

    @Nullable
    Object read(byte[] stored) {
        try {
            return json.readValue(stored, StoredAttribute.class).restored();
        } catch (RuntimeException e) {
            // without the exception's text, which may repeat what is stored
            log.warn("Ignored an attribute of a session that cannot be read (cause={})", e.getClass().getSimpleName());
            return null;
        }
    }
}
