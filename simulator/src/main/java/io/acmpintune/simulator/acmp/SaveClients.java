package io.acmpintune.simulator.acmp;

import java.util.List;

/** Creates or updates clients. Fields that a request does not send are cleared: no version has partial updates. */
final class SaveClients implements Command<List<FieldValues>> {

    private final Inventory inventory;
    private final Refusals refusals;

    SaveClients(Inventory inventory, Refusals refusals) {
        this.inventory = inventory;
        this.refusals = refusals;
    }

    @Override
    public String name() {
        return "SaveClients";
    }

    @Override
    public RequestFormat<List<FieldValues>> request(int version) {
        return shape(version);
    }

    @Override
    public Reply run(int version, List<FieldValues> clients) {
        return refusals.of(name(), clients)
                .or(() -> refusals.ofNumber(inventory.sizeWith(clients)))
                .<Reply>map(refusal -> refusal)
                .orElseGet(() -> saved(shape(version), clients));
    }

    private Reply saved(RequestFormat.Records shape, List<FieldValues> clients) {
        // Aagon's sample response has no result code: returned ids mean success.
        return new Reply.Records(shape.list(), shape.type().name(),
                clients.stream().map(client -> inventory.save(client).map()).toList(), false);
    }

    private static RequestFormat.Records shape(int version) {
        return new RequestFormat.Records("Clients", RecordType.CLIENT.get(version - 1));
    }
}
