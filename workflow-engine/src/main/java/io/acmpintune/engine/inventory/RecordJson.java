package io.acmpintune.engine.inventory;

import java.util.LinkedHashMap;

import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.icql.IcqlRecord;

/** Converts ICQL records to and from JSON as the database stores them. */
@Component
public class RecordJson {

    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() {
    };

    private final JsonMapper json;

    public RecordJson(JsonMapper json) {
        this.json = json;
    }

    /** Returns the fields as JSON, in their order. */
    public String write(IcqlRecord record) {
        return json.writeValueAsString(record.fields());
    }

    public IcqlRecord read(String stored) {
        return new IcqlRecord(json.readValue(stored, FIELDS));
    }
}
