package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.Optional;

/**
 * Deletes clients and their mobile devices: all of a request, or none if one of the clients is unknown. The list's name
 * is this project's assumption, by analogy with Aagon's DeleteContainers.
 */
final class DeleteClients implements Command<List<String>> {

    private final Inventory inventory;

    DeleteClients(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "DeleteClients";
    }

    @Override
    public RequestFormat<List<String>> request(int version) {
        return new RequestFormat.Strings("ClientIds");
    }

    @Override
    public Reply run(int version, List<String> ids) {
        Optional<String> wrong = ids.stream().filter(id -> id.isEmpty() || !FieldType.GUID.accepts(id)).findFirst();
        if (wrong.isPresent()) {
            return Reply.Refused.invalid("ClientId is '" + wrong.get() + "' but must be " + FieldType.GUID.form());
        }
        return inventory.delete(ids).<Reply>map(Reply.Refused::unknownClient).orElseGet(Reply.Done::new);
    }
}
