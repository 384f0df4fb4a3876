package io.acmpintune.engine.acmp;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The commands, as questions on a channel. */
final class AcmpCommands implements Acmp {

    private final AcmpChannel channel;
    private final ServerProblems problems;
    private final Consumer<Acmp> afterClose;

    /**
     * The commands of one server.
     *
     * @param afterClose told when this line is closed
     */
    AcmpCommands(AcmpServer server, AcmpChannel channel, Consumer<Acmp> afterClose) {
        this.channel = channel;
        this.afterClose = afterClose;
        this.problems = new ServerProblems(server);
    }

    @Override
    public AcmpReply<CommandVersions> commandVersions(List<String> commands) {
        return ask(about("GetCommandVersions", commands), reply -> {
            var versions = new TreeMap<String, SortedSet<Integer>>();
            for (var entry : reply.records("CommandVersions")) {
                versions.put(entry.text("CommandName").strip(), versions(entry.text("Versions")));
            }
            return new CommandVersions(versions);
        });
    }

    @Override
    public AcmpReply<CommandSchemas> commandSchemas(List<String> commands) {
        return ask(about("GetCommandSchemas", commands), reply -> {
            var schemas = new TreeMap<String, String>();
            for (var entry : reply.records("CommandSchemas")) {
                schemas.put(entry.text("CommandName").strip(), entry.text("Schema"));
            }
            return new CommandSchemas(schemas);
        });
    }

    @Override
    public AcmpReply<List<IcqlRecord>> saveClients(List<IcqlRecord> clients) {
        if (clients.isEmpty()) {
            return new AcmpReply.Done<>(List.of());
        }
        return ask(RecordCommand.SAVE_CLIENTS.request(clients),
                reply -> SavedClients.inOrderOf(clients, reply.records(RecordCommand.SAVE_CLIENTS.list())));
    }

    @Override
    public AcmpReply<Integer> saveMobileDevices(List<IcqlRecord> devices) {
        if (devices.isEmpty()) {
            return new AcmpReply.Done<>(0);
        }
        return ask(RecordCommand.SAVE_MOBILE_DEVICES.request(devices), reply -> {
            // Nothing else in this reply could tell that the devices were stored.
            if (reply.result() == null) {
                throw new MalformedReplyException("it has no ResultCode");
            }
            return devices.size();
        });
    }

    @Override
    public void close() {
        channel.close();
        afterClose.accept(this);
    }

    private <T> AcmpReply<T> ask(IcqlRequest request, Answer<T> answer) {
        return switch (channel.ask(request)) {
            case AcmpReply.Done(var reply) -> judge(request, reply, answer);
            case AcmpReply.Refused(var code, var message) -> new AcmpReply.Refused<>(code, message);
            case AcmpReply.Unavailable(var problem) -> new AcmpReply.Unavailable<>(problem);
        };
    }

    private <T> AcmpReply<T> judge(IcqlRequest request, IcqlMessage reply, Answer<T> answer) {
        var result = reply.result();
        if (result != null && result != ResultCode.Known.OK) {
            return new AcmpReply.Refused<>(result, reply.resultMessage());
        }
        try {
            if (result == null && reply.body().children().isEmpty()) {
                throw new MalformedReplyException("it holds neither a ResultCode nor anything else");
            }
            return new AcmpReply.Done<>(answer.read(reply));
        } catch (MalformedReplyException e) {
            return new AcmpReply.Unavailable<>(problems.malformed(request.command(), e));
        }
    }

    private static IcqlRequest about(String command, List<String> commands) {
        return new IcqlRequest(command, 1, new IcqlRequest.Items.Texts("Commands", commands));
    }

    /** Aagon shows no sample of the list, so every usual separator is taken. */
    private static SortedSet<Integer> versions(String list) throws MalformedReplyException {
        var versions = new TreeSet<Integer>();
        for (var version : Arrays.asList(list.strip().split("[,;\\s]+"))) {
            try {
                versions.add(Integer.parseInt(version));
            } catch (NumberFormatException _) {
                throw new MalformedReplyException("its Versions are not a list of numbers");
            }
        }
        return versions;
    }

    /** Reads what a reply without fault holds. */
    private interface Answer<T> {

        T read(IcqlMessage reply) throws MalformedReplyException;
    }
}
