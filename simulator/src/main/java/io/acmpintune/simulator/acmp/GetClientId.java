package io.acmpintune.simulator.acmp;

import java.util.List;

/**
 * Looks up a client as {@link SaveClients} does. Aagon documents only that all properties must be filled; their names,
 * and that an all-zero GUID means "none known", are this project's assumption.
 */
final class GetClientId implements Command<FieldValues> {

    private static final RequestFormat.Fields REQUEST = new RequestFormat.Fields(
            new RecordType("TGetClientIdRequest_V1",
                    List.of(Field.mandatory("ActiveDirectoryObjectId", FieldType.GUID, 0),
                            Field.mandatory("ComputerName", FieldType.STRING, 255),
                            Field.mandatory("ComputerDomain", FieldType.STRING, 0))));

    private final Inventory inventory;

    GetClientId(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "GetClientId";
    }

    @Override
    public RequestFormat<FieldValues> request(int version) {
        return REQUEST;
    }

    @Override
    public Reply run(int version, FieldValues identity) {
        return inventory.find(identity)
                .map(id -> new Reply.Value("ClientId", id, ResultCode.OK, "OK"))
                .orElseGet(() -> new Reply.Value("ClientId", "", ResultCode.CLIENT_NOT_EXIST,
                        "no client has this directory object, nor this name and domain"));
    }
}
