package io.acmpintune.simulator.acmp;

import java.util.List;

/** Creates or updates clients; what a request does not send is gone, for there is no partial update in any version. */
final class SaveClients implements Command<List<FieldValues>> {

    private final Inventory inventory;

    SaveClients(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "SaveClients";
    }

    @Override
    public Shape<List<FieldValues>> request(int version) {
        return shape(version);
    }

    @Override
    public Reply run(int version, List<FieldValues> clients) {
        Shape.Records shape = shape(version);
        // Aagon's sample response has no result code: that ids came back is the success.
        return new Reply.Records(shape.list(), shape.type().name(),
                clients.stream().map(client -> inventory.save(client).map()).toList(), false);
    }

    private static Shape.Records shape(int version) {
        return new Shape.Records("Clients", RecordType.CLIENT.get(version - 1));
    }
}
