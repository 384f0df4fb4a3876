package io.acmpintune.connector.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

import io.acmpintune.model.action.UnlockPin;

/** Finds the newest unlock PIN among a device's action results. */
final class UnlockPinParser {

    private UnlockPinParser() {}

    static UnlockPinResult newest(JsonNode device, Instant since) {
        return StreamSupport.stream(device.path("deviceActionResults").spliterator(), false)
                .filter(result -> result.path("actionName").asString("").equals("remoteLock"))
                .filter(result -> !result.path("unlockPin").asString("").isBlank())
                .filter(result -> !start(result).isBefore(since))
                .max(Comparator.comparing(UnlockPinParser::start))
                .<UnlockPinResult>map(
                        result -> new UnlockPinResult.Found(new UnlockPin(result.path("unlockPin").asString())))
                .orElseGet(UnlockPinResult.None::new);
    }

    private static Instant start(JsonNode result) {
        try {
            return Instant.parse(result.path("startDateTime").asString(""));
        } catch (DateTimeParseException _) {
            return Instant.MIN;
        }
    }
}
