package io.acmpintune.engine.acmp.icql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A query action as ACMP sends it over SICS, {@code ExecuteIntuneAction} version 1, and what it is answered. The command is ours:
 * Aagon describes none for this. Texts are as they came; an empty one is a field without a value.
 */
public record QueryActionMessage(String requestId, String action, List<String> clientIds, String title, String body,
        String justification, String keepEnrollmentData, String keepUserData, String persistEsimDataPlan,
        String confirmed, String confirmedCount, String requestedBy) {

    private static final String COMMAND = "ExecuteIntuneAction";
    private static final String RESULT_COMMAND = "IntuneActionResult";
    private static final int VERSION = 1;
    private static final IcqlCodec CODEC = new IcqlCodec();

    public QueryActionMessage {
        clientIds = List.copyOf(clientIds);
    }

    /** What a message turned out to be. */
    public sealed interface Read {

        record Understood(QueryActionMessage message) implements Read {}

        /** It cannot be read as a query action; {@code reason} never repeats its values. */
        record Malformed(String requestId, String reason) implements Read {}
    }

    /** Whether a message is somebody's answer, as a server gives one to whatever it is told: to answer that again would never end. */
    public static boolean isAnswer(String body) {
        try {
            return CODEC.decode(body).response();
        } catch (MalformedReplyException _) {
            return false;
        }
    }

    /** Reads a message as SICS carries it. */
    public static Read read(String body) {
        try {
            IcqlMessage message = CODEC.decode(body);
            XmlElement request = message.body();
            String requestId = request.textOf("RequestId");
            if (!message.command().equals(COMMAND) || message.version() != VERSION || message.response()) {
                return new Read.Malformed(requestId, "it is not a request " + COMMAND + " version " + VERSION);
            }
            if (requestId.isEmpty()) {
                return new Read.Malformed("", "it has no RequestId");
            }
            return new Read.Understood(new QueryActionMessage(requestId, request.textOf("Action"), request
                    .child("ClientIds")
                    .map(list -> list.children().stream().map(XmlElement::text).map(String::strip).toList())
                    .orElse(List.of()), request.textOf("Title"), request.textOf("Body"),
                    request.textOf("Justification"), request.textOf("KeepEnrollmentData"),
                    request.textOf("KeepUserData"), request.textOf("PersistEsimDataPlan"),
                    request.textOf("Confirmed"), request.textOf("ConfirmedCount"), request.textOf("RequestedBy")));
        } catch (MalformedReplyException e) {
            return new Read.Malformed("", String.valueOf(e.getMessage()));
        }
    }

    /**
     * The answer to a query action, as SICS carries it.
     *
     * @param job null = none was made
     */
    public static String answer(String requestId, @Nullable UUID job, ResultCode code, String message) {
        LinkedHashMap<String, String> fields = new LinkedHashMap<String, String>();
        fields.put("RequestId", requestId);
        fields.put("JobId", job == null ? "" : AcmpGuid.write(job));
        fields.put("ResultCode", Integer.toString(code.number()));
        fields.put("ResultMessage", message);
        return CODEC.encode(COMMAND, "Response", VERSION, List.of(fields(fields)));
    }

    /** What became of one client; {@code reason} may be empty. */
    public record ClientResult(UUID clientId, String state, String reason) {}

    /**
     * The result of a job that is at its end, as SICS carries it.
     *
     * @param state the job's
     * @param part which message of how many this is, from 1
     */
    public static String result(String requestId, UUID job, String state, int part, int parts,
            List<ClientResult> clients) {
        LinkedHashMap<String, String> fields = new LinkedHashMap<String, String>();
        fields.put("RequestId", requestId);
        fields.put("JobId", AcmpGuid.write(job));
        fields.put("State", state);
        fields.put("Part", Integer.toString(part));
        fields.put("Parts", Integer.toString(parts));
        return CODEC.encode(RESULT_COMMAND, "Request", VERSION, List.of(fields(fields),
                new IcqlRequest.Content.Records("Clients", "TIntuneActionClient_V1",
                        clients.stream().map(QueryActionMessage::record).toList())));
    }

    private static IcqlRecord record(ClientResult client) {
        LinkedHashMap<String, String> fields = new LinkedHashMap<String, String>();
        fields.put(IcqlRecord.CLIENT_ID, AcmpGuid.write(client.clientId()));
        fields.put("State", client.state());
        fields.put("Reason", client.reason());
        return new IcqlRecord(writable(fields));
    }

    private static IcqlRequest.Content fields(SequencedMap<String, String> fields) {
        return new IcqlRequest.Content.Fields(new IcqlRecord(writable(fields)));
    }

    /** Intune's words are passed on, whatever characters they hold. */
    private static SequencedMap<String, String> writable(SequencedMap<String, String> fields) {
        fields.replaceAll((_, text) -> IcqlText.writable(text));
        return fields;
    }

    /** Names the request, since the rest may be personal. */
    @Override
    public String toString() {
        return "QueryActionMessage[" + requestId + ", " + action + ", " + clientIds.size() + " clients]";
    }
}
