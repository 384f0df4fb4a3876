package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/** Creates or updates clients; every value must be sent, for there is no partial update in version 1. */
final class SaveClients implements Command {

    private static final String LIST = "Clients";

    private final Inventory inventory;

    SaveClients(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "SaveClients";
    }

    @Override
    public ListType list() {
        return new ListType(LIST, Optional.of(RecordType.CLIENT));
    }

    @Override
    public Reply run(Element parameters) {
        return switch (ListReader.records(parameters, LIST, RecordType.CLIENT)) {
            case ListReader.Read.Bad<FieldValues>(Reply.Refused refusal) -> refusal;
            // Aagon's sample response has no result code: that ids came back is the success.
            case ListReader.Read.Items<FieldValues>(List<FieldValues> clients) -> new Reply.Records(LIST,
                    RecordType.CLIENT.name(), clients.stream().map(client -> inventory.save(client).map()).toList(),
                    false);
        };
    }
}
