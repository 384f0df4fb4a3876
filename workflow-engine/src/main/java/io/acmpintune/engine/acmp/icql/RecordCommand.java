package io.acmpintune.engine.acmp.icql;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The commands that save records, with the names of their list and its items. */
public enum RecordCommand {
    SAVE_CLIENTS("SaveClients", "Clients", "TClient"),
    SAVE_MOBILE_DEVICES("SaveMobileDevices", "MobileDevices", "TMobileDevice");

    private final String command;
    private final String list;
    private final String type;

    RecordCommand(String command, String list, String type) {
        this.command = command;
        this.list = list;
        this.type = type;
    }

    /** ACMP's name of the command, as in {@code SaveClients}. */
    public String command() {
        return command;
    }

    /**
     * Returns the XML of a request with this one record, for a user who wants to know why ACMP rejects it. It holds personal data.
     *
     * @param version the command's version, from 1
     */
    public String requestText(int version, IcqlRecord record) {
        return new String(new IcqlWriter().write(request(version, List.of(record))), UTF_8);
    }

    /** The request that saves these records. */
    public IcqlRequest request(int version, List<IcqlRecord> records) {
        return new IcqlRequest(command, version, new IcqlRequest.Content.Records(list, type(version), records));
    }

    /** The name of the list that holds the records. */
    public String list() {
        return list;
    }

    /** The records' type, as in {@code TClient_V1}. */
    String type(int version) {
        return type + "_V" + version;
    }
}
