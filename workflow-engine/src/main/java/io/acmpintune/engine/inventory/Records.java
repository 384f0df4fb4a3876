package io.acmpintune.engine.inventory;

import java.util.LinkedHashMap;

import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.acmp.IcqlRecord;

/** ICQL records as the database keeps them. */
@Component
class Records {

    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() {
    };

    private final JsonMapper json;

    Records(JsonMapper json) {
        this.json = json;
    }

    String write(IcqlRecord record) {
        return json.writeValueAsString(record.fields());
    }

    IcqlRecord read(String stored) {
        return new IcqlRecord(json.readValue(stored, FIELDS));
    }
}
