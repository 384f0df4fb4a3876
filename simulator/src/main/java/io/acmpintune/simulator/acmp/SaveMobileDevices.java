package io.acmpintune.simulator.acmp;

import java.util.List;

/** Stores mobile devices of clients: all of a request, or none if one of the clients is unknown. */
final class SaveMobileDevices implements Command<List<FieldValues>> {

    private final Inventory inventory;
    private final Refusals refusals;

    SaveMobileDevices(Inventory inventory, Refusals refusals) {
        this.inventory = inventory;
        this.refusals = refusals;
    }

    @Override
    public String name() {
        return "SaveMobileDevices";
    }

    @Override
    public RequestFormat<List<FieldValues>> request(int version) {
        return new RequestFormat.Records("MobileDevices", RecordType.MOBILE_DEVICE.get(version - 1));
    }

    @Override
    public Reply run(int version, List<FieldValues> devices) {
        return refusals.of(name(), devices)
                .or(() -> inventory.saveMobileDevices(devices).map(Reply.Refused::unknownClient))
                .<Reply>map(refusal -> refusal)
                .orElseGet(Reply.Done::new);
    }
}
