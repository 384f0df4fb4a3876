package io.acmpintune.connector.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Parses a page of the device list as it arrives, and reports the link to the next page as soon as it is there. */
final class PageReader {

    private final JsonMapper json;
    private final ObjectReader row;
    private final DeviceJson devices;

    PageReader(JsonMapper json) {
        this.json = json;
        // a row is followed by the next one, which the mapper rejects by default
        this.row = json.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.devices = new DeviceJson(json);
    }

    /**
     * Reads to the end of the page.
     *
     * @param nextLink called at most once; not called for the last page
     * @throws tools.jackson.core.JacksonException when the stream is incomplete or not a page
     */
    List<DeviceRow> read(InputStream body, Consumer<String> nextLink) {
        List<DeviceRow> rows = null;
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "a page of devices starts with '{'");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                switch (name) {
                    case "@odata.nextLink" -> link(parser).ifPresent(nextLink);
                    case "value" -> rows = rows(parser);
                    default -> parser.skipChildren();
                }
            }
            return complete(rows, parser);
        }
    }

    private static Optional<String> link(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING -> Optional.of(parser.getString()).filter(link -> !link.isBlank());
            case null, default -> throw new StreamReadException(parser, "the link to the next page is not a text");
        };
    }

    private static List<DeviceRow> complete(@Nullable List<DeviceRow> rows, JsonParser parser) {
        if (rows == null) {
            throw new StreamReadException(parser, "the page has no 'value'");
        }
        return rows;
    }

    private List<DeviceRow> rows(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new StreamReadException(parser, "the page's 'value' is not an array");
        }
        List<DeviceRow> rows = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            rows.add(devices.read(row.readTree(parser)));
        }
        return rows;
    }
}
