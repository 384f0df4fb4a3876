package io.acmpintune.engine.acmp.icql;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A query action from ACMP, {@code ExecuteIntuneAction} version 1, and the responses to it. The command is ours: Aagon documents
 * none for this. Texts are unchanged; an empty one is a field without a value.
 */
public record QueryActionMessage(String requestId, String action, List<String> clientIds, String title, String body,
        String justification, String keepEnrollmentData, String keepUserData, String persistEsimDataPlan,
        String confirmed, String confirmedCount, String requestedBy) {

    private static final String COMMAND = "ExecuteIntuneAction";
    private static final String RESULT_COMMAND = "IntuneActionResult";
    private static final int VERSION = 1;
    /** No Base64, so no message begins like this. */
    private static final String TOO_LARGE = "(too large)";
    /** A multiple of four: whole characters of Base64. */
    private static final int KEPT = 2_000;
    private static final Pattern REQUEST_ID = Pattern.compile("<RequestId>([^<]{1,200})</RequestId>");
    private static final IcqlCodec CODEC = new IcqlCodec();

    public QueryActionMessage {
        clientIds = List.copyOf(clientIds);
    }

    /** The result of reading a message. */
    public sealed interface Read {

        record Understood(QueryActionMessage message) implements Read {}

        /** It cannot be read as a query action; {@code reason} never repeats its values. */
        record Malformed(String requestId, String reason) implements Read {}
    }

    /** Whether a message is a response. Servers respond to every message, and responding to a response would never end. */
    public static boolean isAnswer(String body) {
        try {
            return CODEC.decode(body).response();
        } catch (MalformedReplyException _) {
            return false;
        }
    }

    /** Returns what is kept of a message that is larger than an order can be, to be read as malformed. */
    public static String tooLarge(String body) {
        return TOO_LARGE + body.substring(0, Math.min(body.length(), KEPT));
    }

    private static Read.Malformed tooLargeToRead(String beginning) {
        return new Read.Malformed(requestId(beginning), "it is larger than 1 MB");
    }

    private static String requestId(String beginning) {
        try {
            Matcher id = REQUEST_ID
                    .matcher(new String(Base64.getMimeDecoder().decode(beginning), StandardCharsets.UTF_8));
            return id.find() ? id.group(1).strip() : "";
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /** Reads an encoded message. */
    public static Read read(String body) {
        if (body.startsWith(TOO_LARGE)) {
            return tooLargeToRead(body.substring(TOO_LARGE.length()));
        }
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
     * Returns the encoded response to a query action.
     *
     * @param job null = no job was created
     */
    public static String answer(String requestId, @Nullable UUID job, ResultCode code, String message) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("RequestId", requestId);
        fields.put("JobId", job == null ? "" : AcmpGuid.write(job));
        fields.put("ResultCode", Integer.toString(code.number()));
        fields.put("ResultMessage", message);
        return CODEC.encode(COMMAND, "Response", VERSION, List.of(fields(fields)));
    }

    /** The result for one client; {@code reason} may be empty. */
    public record ClientResult(UUID clientId, String state, String reason) {}

    /**
     * Returns the encoded result of a finished job.
     *
     * @param state the state of the job
     * @param part number of this message among {@code parts}, from 1
     */
    public static String result(String requestId, UUID job, String state, int part, int parts,
            List<ClientResult> clients) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
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
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put(IcqlRecord.CLIENT_ID, AcmpGuid.write(client.clientId()));
        fields.put("State", client.state());
        fields.put("Reason", client.reason());
        return new IcqlRecord(writable(fields));
    }

    private static IcqlRequest.Content fields(SequencedMap<String, String> fields) {
        return new IcqlRequest.Content.Fields(new IcqlRecord(writable(fields)));
    }

    /** Intune's texts may hold any character. */
    private static SequencedMap<String, String> writable(SequencedMap<String, String> fields) {
        fields.replaceAll((_, text) -> IcqlText.writable(text));
        return fields;
    }

    /** Hides the texts, which may be personal data. */
    @Override
    public String toString() {
        return "QueryActionMessage[" + requestId + ", " + action + ", " + clientIds.size() + " clients]";
    }
}
