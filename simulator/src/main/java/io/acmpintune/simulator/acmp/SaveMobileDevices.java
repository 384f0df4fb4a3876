package io.acmpintune.simulator.acmp;

import java.util.List;

/** Stores the mobile device of a client; all of a request, or nothing if one of the clients is unknown. */
final class SaveMobileDevices implements Command<List<FieldValues>> {

    private final Inventory inventory;

    SaveMobileDevices(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "SaveMobileDevices";
    }

    @Override
    public Shape<List<FieldValues>> request(int version) {
        return new Shape.Records("MobileDevices", RecordType.MOBILE_DEVICE.get(version - 1));
    }

    @Override
    public Reply run(int version, List<FieldValues> devices) {
        return inventory.saveMobileDevices(devices)
                .<Reply>map(Reply.Refused::unknownClient)
                .orElseGet(Reply.Done::new);
    }
}
