package io.acmpintune.simulator.acmp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;

import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Message;

/**
 * An ACMP server connected to the broker: it takes ICQL commands from its virtual router and routing key, one after the
 * other, and publishes each reply to where the command asks for it.
 */
public final class AcmpServer implements AutoCloseable {

    private final Broker broker;
    private final Inventory inventory = new Inventory();
    private final Commands commands;
    private final Map<String, LongAdder> received = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("acmp").factory());

    private AcmpServer(Broker broker, CommandVersions versions) {
        this.broker = broker;
        this.commands = new Commands(inventory, versions);
    }

    /** Connects a new, empty server to the broker; it offers version 1 of every command. */
    public static AcmpServer connect(Broker broker, String virtualRouter, String routingKey) {
        return connect(broker, virtualRouter, routingKey, CommandVersions.first());
    }

    /** Connects a new, empty server to the broker. */
    public static AcmpServer connect(Broker broker, String virtualRouter, String routingKey,
            CommandVersions versions) {
        var server = new AcmpServer(broker, versions);
        broker.join(virtualRouter, routingKey, server::take);
        return server;
    }

    /** Offers these versions from now on, as after an update of ACMP. */
    public void offer(CommandVersions versions) {
        commands.offer(versions);
    }

    /**
     * Adds a client that ACMP has from elsewhere, or changes one as its operator would.
     *
     * @param fields fields of {@code TClient_V1}, of which ComputerName must be there; a field that is not given has its
     *               type's empty value, and without ClientId the client gets a new one
     * @return its ClientId
     * @throws IllegalArgumentException if a field is unknown or has an unusable value; the message names it
     */
    public String putClient(Map<String, String> fields) {
        RecordType type = RecordType.CLIENT.getFirst();
        var sent = new LinkedHashMap<String, String>();
        type.fields().forEach(field -> sent.put(field.name(), field.type().empty()));
        sent.putAll(fields);
        return switch (type.check(List.copyOf(sent.entrySet()))) {
            case RecordType.Checked.Good(FieldValues client) -> inventory.put(client).value("ClientId");
            case RecordType.Checked.Bad(String flaw) -> throw new IllegalArgumentException(flaw);
        };
    }

    /**
     * Deletes a client and its mobile device, as an operator would in ACMP.
     *
     * @throws IllegalArgumentException if there is no such client
     */
    public void deleteClient(String clientId) {
        inventory.delete(List.of(clientId)).ifPresent(unknown -> {
            throw new IllegalArgumentException("there is no client " + unknown);
        });
    }

    /** How often {@code SaveClients} wrote the client, whether or not it still exists. */
    public int timesSaved(String clientId) {
        return inventory.saves(clientId);
    }

    public int clientCount() {
        return inventory.clients().size();
    }

    public int mobileDeviceCount() {
        return inventory.mobileDevices().size();
    }

    /** ClientIds, with braces and in upper case. */
    public Set<String> clientIds() {
        return Set.copyOf(inventory.clients().keySet());
    }

    /** The fields of a client as they were saved. */
    public Optional<Map<String, String>> client(String clientId) {
        return Optional.ofNullable(inventory.clients().get(clientId)).map(FieldValues::map);
    }

    /** The fields of the mobile device that belongs to a client, as they were saved. */
    public Optional<Map<String, String>> mobileDevice(String clientId) {
        return Optional.ofNullable(inventory.mobileDevices().get(clientId)).map(FieldValues::map);
    }

    /** All clients: ClientId to fields. */
    public Map<String, Map<String, String>> clients() {
        return copy(inventory.clients());
    }

    /** All mobile devices: ClientId to fields. */
    public Map<String, Map<String, String>> mobileDevices() {
        return copy(inventory.mobileDevices());
    }

    /** How many messages named the command, good or bad. */
    public long commandsReceived(String command) {
        LongAdder count = received.get(command);
        return count == null ? 0 : count.sum();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void take(Message message) {
        try {
            worker.execute(() -> answer(message));
        } catch (RejectedExecutionException closed) {
            // An ACMP server that has gone away loses what is sent to it, as the real one does.
        }
    }

    private void answer(Message message) {
        String reply = switch (IcqlRequest.parse(message.body())) {
            case IcqlRequest.Parsed.Good(IcqlRequest request) -> {
                count(request.command());
                yield IcqlReply.write(request.command(), request.version(), run(request));
            }
            case IcqlRequest.Parsed.Bad(String command, String version, String flaw) -> {
                count(command);
                yield IcqlReply.write(command, version, Reply.Refused.invalid(flaw));
            }
        };
        if (!message.callbackRouter().isEmpty()) {
            broker.publish(message.callbackRouter(), message.callbackKey(), new Message(reply, "", ""));
        }
    }

    private Reply run(IcqlRequest request) {
        try {
            return commands.run(request);
        } catch (RuntimeException bug) {
            return new Reply.Refused(ResultCode.INTERNAL_ERROR, "the simulated ACMP server failed: " + bug);
        }
    }

    private void count(String command) {
        received.computeIfAbsent(command, c -> new LongAdder()).increment();
    }

    private static Map<String, Map<String, String>> copy(Map<String, FieldValues> records) {
        var copy = new LinkedHashMap<String, Map<String, String>>();
        records.forEach((id, values) -> copy.put(id, values.map()));
        return copy;
    }
}
