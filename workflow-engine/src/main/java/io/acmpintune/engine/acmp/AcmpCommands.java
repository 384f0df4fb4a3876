package io.acmpintune.engine.acmp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.IcqlMessage;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.IcqlRequest;
import io.acmpintune.engine.acmp.icql.MalformedReplyException;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.icql.XmlElement;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/** Sends the commands over a channel. */
final class AcmpCommands implements Acmp {

    private static final Set<ResultCode> UNKNOWN = Set.of(ResultCode.Known.CLIENT_NOT_FOUND,
            ResultCode.Known.ELEMENT_NOT_FOUND);

    private final AcmpChannel channel;
    private final ServerProblems problems;
    private final CredentialRefusals refusal;
    private final boolean ignoreRefusal;
    private final Consumer<Acmp> afterClose;

    /**
     * The commands of one server.
     *
     * @param refusal whether this server refused our credentials, shared by all connections to it
     * @param ignoreRefusal whether to send although the server refused the credentials recently
     * @param afterClose called when this connection is closed
     */
    AcmpCommands(AcmpChannel channel, ServerProblems problems, CredentialRefusals refusal, boolean ignoreRefusal,
            Consumer<Acmp> afterClose) {
        this.channel = channel;
        this.problems = problems;
        this.refusal = refusal;
        this.ignoreRefusal = ignoreRefusal;
        this.afterClose = afterClose;
    }

    @Override
    public AcmpReply<CommandVersions> commandVersions(List<String> commands) {
        return ask(about("GetCommandVersions", commands), reply -> {
            SortedMap<String, SortedSet<Integer>> versions = new TreeMap<>();
            for (IcqlRecord entry : reply.records("CommandVersions")) {
                versions.put(entry.text("CommandName").strip(), versions(entry.text("Versions")));
            }
            return new CommandVersions(versions);
        });
    }

    @Override
    public AcmpReply<CommandSchemas> commandSchemas(List<String> commands) {
        return ask(about("GetCommandSchemas", commands), reply -> {
            SortedMap<String, String> schemas = new TreeMap<>();
            for (IcqlRecord entry : reply.records("CommandSchemas")) {
                schemas.put(entry.text("CommandName").strip(), entry.text("Schema"));
            }
            return new CommandSchemas(schemas);
        });
    }

    @Override
    public AcmpReply<Optional<UUID>> clientId(ClientKey key) {
        AcmpReply<Optional<UUID>> reply = ask(aboutClient(key), AcmpCommands::clientId);
        return reply instanceof AcmpReply.Refused(var code, _) && UNKNOWN.contains(code)
                ? new AcmpReply.Done<>(Optional.empty())
                : reply;
    }

    @Override
    public AcmpReply<List<IcqlRecord>> saveClients(int version, List<IcqlRecord> clients) {
        if (clients.isEmpty()) {
            return new AcmpReply.Done<>(List.of());
        }
        return ask(RecordCommand.SAVE_CLIENTS.request(version, clients),
                reply -> SavedClients.inOrderOf(clients, reply.records(RecordCommand.SAVE_CLIENTS.list())));
    }

    @Override
    public AcmpReply<Integer> saveMobileDevices(int version, List<IcqlRecord> devices) {
        return count(devices, RecordCommand.SAVE_MOBILE_DEVICES.request(version, devices));
    }

    @Override
    public AcmpReply<Integer> deleteClients(List<UUID> ids) {
        return count(ids, new IcqlRequest("DeleteClients", 1,
                new IcqlRequest.Content.Texts("ClientIds", ids.stream().map(AcmpGuid::write).toList())));
    }

    @Override
    public void close() {
        channel.close();
        afterClose.accept(this);
    }

    private <T> AcmpReply<T> ask(IcqlRequest request, ReplyReader<T> reader) {
        Optional<ConnectionProblem> refused = ignoreRefusal ? Optional.<ConnectionProblem>empty() : refusal.inForce();
        if (refused.isPresent()) {
            return new AcmpReply.Unavailable<>(refused.get());
        }
        return switch (channel.ask(request)) {
            case AcmpReply.Done(var reply) -> evaluate(request, reply, reader);
            case AcmpReply.Refused(var code, var message) -> new AcmpReply.Refused<>(code, message);
            case AcmpReply.Unavailable(var problem) -> new AcmpReply.Unavailable<>(problem);
        };
    }

    private <T> AcmpReply<T> evaluate(IcqlRequest request, IcqlMessage reply, ReplyReader<T> reader) {
        ResultCode result = reply.result();
        if (result == ResultCode.Known.WRONG_CREDENTIALS) {
            ConnectionProblem problem = problems.wrongCredentials();
            refusal.refused(problem);
            return new AcmpReply.Unavailable<>(problem);
        }
        refusal.accepted();
        if (result != null && result != ResultCode.Known.OK) {
            return new AcmpReply.Refused<>(result, reply.resultMessage());
        }
        try {
            if (result == null && reply.body().children().isEmpty()) {
                throw new MalformedReplyException("it has neither a ResultCode nor any other content");
            }
            return new AcmpReply.Done<>(reader.read(reply));
        } catch (MalformedReplyException e) {
            return new AcmpReply.Unavailable<>(problems.malformed(request.command(), e));
        }
    }

    /** Sends a request whose reply is a result code for everything sent. */
    private AcmpReply<Integer> count(List<?> sent, IcqlRequest request) {
        if (sent.isEmpty()) {
            return new AcmpReply.Done<>(0);
        }
        return ask(request, reply -> {
            if (reply.result() == null) {
                throw new MalformedReplyException("it has no ResultCode");
            }
            return sent.size();
        });
    }

    private static IcqlRequest about(String command, List<String> commands) {
        return new IcqlRequest(command, 1, new IcqlRequest.Content.Texts("Commands", commands));
    }

    private static IcqlRequest aboutClient(ClientKey key) {
        UUID directoryId = key.directoryObjectId();
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("ActiveDirectoryObjectId", AcmpGuid.write(directoryId == null ? AcmpGuid.NONE : directoryId));
        fields.put("ComputerName", key.computerName());
        fields.put("ComputerDomain", key.computerDomain());
        return new IcqlRequest("GetClientId", 1, new IcqlRequest.Content.Fields(new IcqlRecord(fields)));
    }

    /** A missing ClientId does not mean "no such client", or the client would be created a second time. */
    private static Optional<UUID> clientId(IcqlMessage reply) throws MalformedReplyException {
        XmlElement id = reply.body()
                .child(IcqlRecord.CLIENT_ID)
                .orElseThrow(() -> new MalformedReplyException("it has no ClientId"));
        try {
            return AcmpGuid.read(id.text());
        } catch (IllegalArgumentException _) {
            throw new MalformedReplyException("its ClientId is not a GUID");
        }
    }

    /** Aagon documents no separator, so every usual one is accepted. */
    private static SortedSet<Integer> versions(String list) throws MalformedReplyException {
        SortedSet<Integer> versions = new TreeSet<>();
        for (String version : Arrays.asList(list.strip().split("[,;\\s]+"))) {
            try {
                versions.add(Integer.parseInt(version));
            } catch (NumberFormatException _) {
                throw new MalformedReplyException("its Versions are not a list of numbers");
            }
        }
        return versions;
    }

    /** Reads the content of a successful reply. */
    private interface ReplyReader<T> {

        T read(IcqlMessage reply) throws MalformedReplyException;
    }
}
