package io.acmpintune.simulator.acmp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Message;

/**
 * An ACMP server connected to the broker: it receives ICQL commands at its virtual router and routing key, executes
 * them one after the other, and publishes each reply to the command's callback address.
 */
public final class AcmpServer implements AutoCloseable {

    private final Broker broker;
    private final Inventory inventory = new Inventory();
    private final Refusals refusals = new Refusals();
    private final ServerFaults faults = new ServerFaults();
    private final Commands commands;
    private final ReplyPublisher replies;
    private final Map<String, Traffic> traffic = new ConcurrentHashMap<>();
    private final List<String> repliesReceived = new CopyOnWriteArrayList<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("acmp").factory());

    private AcmpServer(Broker broker, CommandVersions versions) {
        this.broker = broker;
        this.commands = new Commands(inventory, refusals, versions);
        this.replies = new ReplyPublisher(broker, faults);
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
     * Adds a client from another source, or changes one as an operator would.
     *
     * @param fields fields of {@code TClient_V1}, including ComputerName; missing fields get their type's empty value,
     * a missing ClientId is generated
     * @return its ClientId
     * @throws IllegalArgumentException if a field is unknown or has an unusable value; the message names it
     */
    public String putClient(Map<String, String> fields) {
        return switch (RecordType.CLIENT.getFirst().complete(fields)) {
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

    /** Returns a client's fields as saved. */
    public Optional<Map<String, String>> client(String clientId) {
        return Optional.ofNullable(inventory.clients().get(clientId)).map(FieldValues::map);
    }

    /** Returns the fields of a client's mobile device as saved. */
    public Optional<Map<String, String>> mobileDevice(String clientId) {
        return Optional.ofNullable(inventory.mobileDevices().get(clientId)).map(FieldValues::map);
    }

    /** Returns all clients' fields by ClientId. */
    public Map<String, Map<String, String>> clients() {
        return copy(inventory.clients());
    }

    /** Returns all mobile devices' fields by ClientId. */
    public Map<String, Map<String, String>> mobileDevices() {
        return copy(inventory.mobileDevices());
    }

    /** Returns the number of received messages of a command, valid or not. */
    public long commandsReceived(String command) {
        return traffic.getOrDefault(command, Traffic.NONE).messages();
    }

    /** Returns the received requests by command. */
    public Map<String, Traffic> traffic() {
        return new TreeMap<>(traffic);
    }

    /** Injects faults into commands and replies. */
    public ServerFaults faults() {
        return faults;
    }

    /** Defines which valid records this server refuses. */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * Publishes a request of ACMP's own, such as a query action, to all targets at that address.
     *
     * @param icql any text; it is sent as Base64 of UTF-8
     * @param callbackRouter virtual router for the reply, "" for no reply; see {@link #repliesReceived()}
     * @param callbackKey its routing key, which must be unused
     * @throws IllegalArgumentException if there is no such virtual router
     */
    public void publish(String virtualRouter, String routingKey, String icql, String callbackRouter,
            String callbackKey) {
        if (!callbackRouter.isEmpty()) {
            broker.join(callbackRouter, callbackKey, reply -> repliesReceived.add(decoded(reply)));
        }
        var message = new Message(Base64.getEncoder().encodeToString(icql.getBytes(StandardCharsets.UTF_8)),
                callbackRouter, callbackKey);
        if (!broker.publish(virtualRouter, routingKey, message)) {
            throw new IllegalArgumentException("there is no virtual router " + virtualRouter);
        }
    }

    /**
     * Returns the replies to {@link #publish}, oldest first. Replies that are not Base64 of UTF-8 are returned
     * unchanged.
     */
    public List<String> repliesReceived() {
        return List.copyOf(repliesReceived);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void take(Message message) {
        try {
            worker.execute(() -> answer(message));
        } catch (RejectedExecutionException closed) {
            // A stopped ACMP server loses what is sent to it, like the real one.
        }
    }

    private void answer(Message message) {
        switch (IcqlRequest.parse(message.body())) {
            case IcqlRequest.Parsed.Good(IcqlRequest request) ->
                answer(message, request.command(), request.version(), request.items(), () -> run(request));
            case IcqlRequest.Parsed.Bad(String command, String version, String flaw) ->
                answer(message, command, version, 0, () -> Reply.Refused.invalid(flaw));
        }
    }

    private void answer(Message message, String command, String version, int items, Supplier<Reply> execution) {
        traffic.merge(command, Traffic.NONE.plus(items), (before, one) -> before.plus(items));
        if (faults.dead() || !passed(faults.slowness())) {
            return;
        }
        ReplyFault fault = faults.take(command);
        Reply reply = fault instanceof ReplyFault.Refused(int code)
                ? new Reply.Refused(code, "this refusal was ordered")
                : execution.get();
        replies.publish(message, command, version, reply, fault);
    }

    private Reply run(IcqlRequest request) {
        try {
            return commands.run(request);
        } catch (RuntimeException bug) {
            return new Reply.Refused(ResultCode.INTERNAL_ERROR.number(), "the simulated ACMP server failed: " + bug);
        }
    }

    private static boolean passed(Duration time) {
        try {
            if (time.isPositive()) {
                Thread.sleep(time);
            }
            return true;
        } catch (InterruptedException closing) {
            return false;
        }
    }

    private static String decoded(Message reply) {
        try {
            return new String(Base64.getDecoder().decode(reply.body()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return reply.body();
        }
    }

    private static Map<String, Map<String, String>> copy(Map<String, FieldValues> records) {
        var copy = new LinkedHashMap<String, Map<String, String>>();
        records.forEach((id, values) -> copy.put(id, values.map()));
        return copy;
    }
}
