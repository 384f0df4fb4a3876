package io.acmpintune.engine.acmp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The commands that save records: what their list and its items are called in the version used here. */
enum RecordCommand {
    SAVE_CLIENTS("SaveClients", "Clients", "TClient_V1"),
    SAVE_MOBILE_DEVICES("SaveMobileDevices", "MobileDevices", "TMobileDevice_V1");

    private static final int VERSION = 1;

    private final String command;
    private final String list;
    private final String type;

    RecordCommand(String command, String list, String type) {
        this.command = command;
        this.list = list;
        this.type = type;
    }

    static Optional<RecordCommand> named(String command) {
        return Arrays.stream(values()).filter(value -> value.command.equals(command)).findFirst();
    }

    IcqlRequest request(List<IcqlRecord> records) {
        return new IcqlRequest(command, VERSION, new IcqlRequest.Items.Records(list, type, records));
    }

    String list() {
        return list;
    }

    String type() {
        return type;
    }
}
