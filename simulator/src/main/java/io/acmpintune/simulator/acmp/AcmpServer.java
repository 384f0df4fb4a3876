package io.acmpintune.simulator.acmp;

import java.util.HashMap;
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
    private final Map<String, Command> commands = new HashMap<>();
    private final Map<String, LongAdder> received = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("acmp").factory());

    private AcmpServer(Broker broker) {
        this.broker = broker;
        for (Command command : List.of(new GetCommandVersions(commands), new GetCommandSchemas(commands),
                new SaveClients(inventory), new SaveMobileDevices(inventory))) {
            commands.put(command.name(), command);
        }
    }

    /** Connects a new, empty server to the broker. */
    public static AcmpServer connect(Broker broker, String virtualRouter, String routingKey) {
        var server = new AcmpServer(broker);
        broker.join(virtualRouter, routingKey, server::take);
        return server;
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
        Command command = commands.get(request.command());
        if (command == null || !request.version().equals("1")) {
            return Reply.Refused.invalid("there is no command " + request.command() + " version " + request.version());
        }
        try {
            return command.run(request.parameters());
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
