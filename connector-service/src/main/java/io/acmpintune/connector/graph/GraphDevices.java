package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.model.device.Device;
import io.acmpintune.model.device.DeviceDetails;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

/** Reads devices singly, up to 20 per request. */
public final class GraphDevices {

    private static final String PATH = "/deviceManagement/managedDevices/";
    private static final String SUBJECT = "the device";

    private final BatchReader batches;
    private final JsonMapper json;
    private final DeviceJson devices;

    GraphDevices(BatchReader batches, JsonMapper json) {
        this.batches = batches;
        this.json = json;
        this.devices = new DeviceJson(json);
    }

    /**
     * Reads the progress of actions on devices.
     *
     * @param ids at most 20
     */
    public Map<DeviceId, DeviceStatus> statuses(List<DeviceId> ids) {
        Map<DeviceId, DeviceStatus> statuses = new LinkedHashMap<>();
        read(ids, List.of("managementState", "deviceActionResults", "lastSyncDateTime"), devices::device)
                .forEach((id, read) -> statuses.put(id, switch (read) {
                    case SingleRead.Found<Device>(var device) -> new DeviceStatus.Present(device.managementState(),
                            device.lastSyncDateTime(),
                            device.deviceActionResults() == null ? List.of() : device.deviceActionResults());
                    case SingleRead.Gone<Device>() -> new DeviceStatus.Gone();
                    case SingleRead.Failed<Device>(var problem) -> new DeviceStatus.Unreadable(problem);
                }));
        return statuses;
    }

    /**
     * Reads some properties of devices.
     *
     * @param ids at most 20
     * @param columns Graph's names of the properties to read in addition to the id
     */
    public Map<DeviceId, SingleRead<Device>> read(List<DeviceId> ids, String... columns) {
        return read(ids, List.of(columns), devices::device);
    }

    /**
     * Reads the properties that Graph's list does not return.
     *
     * @param ids at most 20
     */
    public Map<DeviceId, SingleRead<DeviceDetails>> details(List<DeviceId> ids) {
        return read(ids, List.of(DeviceJson.detailColumns()), devices::details);
    }

    /** Reads the PIN of the newest lock that started after a moment. No other method returns the PIN. */
    public UnlockPinResult unlockPin(DeviceId id, Instant since) {
        return switch (read(List.of(id), List.of("deviceActionResults")).get(id.value())) {
            case BatchReader.Answer.Item(var item) when item.status() == 200 ->
                UnlockPinParser.newest(item.body(), since);
            case BatchReader.Answer.Item(var item) -> new UnlockPinResult.Unreadable(batches.problem(item));
            case BatchReader.Answer.Refused(var problem) -> new UnlockPinResult.Unreadable(problem);
            case BatchReader.Answer.None(var problem) -> new UnlockPinResult.Unreadable(problem);
            case null -> throw new IllegalStateException("every device read has an answer");
        };
    }

    private <T> Map<DeviceId, SingleRead<T>> read(List<DeviceId> ids, List<String> columns,
            Function<JsonNode, T> parser) {
        Map<DeviceId, SingleRead<T>> reads = new LinkedHashMap<>();
        read(ids, columns).forEach((id, answer) -> reads.put(new DeviceId(id), switch (answer) {
            case BatchReader.Answer.Item(var item) -> parse(item, parser);
            case BatchReader.Answer.Refused(var problem) -> new SingleRead.Failed<>(problem);
            case BatchReader.Answer.None(var problem) -> new SingleRead.Failed<>(problem);
        }));
        return reads;
    }

    private Map<String, BatchReader.Answer> read(List<DeviceId> ids, List<String> columns) {
        String select = Stream.concat(Stream.of("id"), columns.stream()).collect(Collectors.joining(","));
        Batch batch = new Batch(ApiVersion.V1, json);
        ids.forEach(id -> batch.get(id.value(), PATH + id + "?$select=" + select));
        return batches.read(batch, ids.stream().map(DeviceId::value).toList(), SUBJECT);
    }

    private <T> SingleRead<T> parse(Batch.Item item, Function<JsonNode, T> parser) {
        if (item.status() == 404) {
            return new SingleRead.Gone<>();
        }
        if (item.status() != 200) {
            return new SingleRead.Failed<>(batches.problem(item));
        }
        try {
            return new SingleRead.Found<>(parser.apply(item.body()));
        } catch (JacksonException e) {
            Problem unparsable = GraphError.noAnswer("the device cannot be parsed: " + e.getOriginalMessage())
                    .toProblem();
            return new SingleRead.Failed<>(unparsable);
        }
    }
}
