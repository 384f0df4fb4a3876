package io.acmpintune.simulator.acmp;

import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/** Stores the mobile device of a client; all of a request, or nothing if one of the clients is unknown. */
final class SaveMobileDevices implements Command {

    private static final String LIST = "MobileDevices";

    private final Inventory inventory;

    SaveMobileDevices(Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public String name() {
        return "SaveMobileDevices";
    }

    @Override
    public ListType list() {
        return new ListType(LIST, Optional.of(RecordType.MOBILE_DEVICE));
    }

    @Override
    public Reply run(Element parameters) {
        return switch (ListReader.records(parameters, LIST, RecordType.MOBILE_DEVICE)) {
            case ListReader.Read.Bad<FieldValues>(Reply.Refused refusal) -> refusal;
            case ListReader.Read.Items<FieldValues>(List<FieldValues> devices) -> save(devices);
        };
    }

    private Reply save(List<FieldValues> devices) {
        List<String> ids = devices.stream().map(device -> device.value("ClientId")).toList();
        Optional<String> unknown = ids.stream().filter(id -> !inventory.clients().containsKey(id)).findFirst();
        if (unknown.isPresent()) {
            return new Reply.Refused(ResultCode.CLIENT_NOT_EXIST, "there is no client " + unknown.get());
        }
        for (int i = 0; i < ids.size(); i++) {
            inventory.mobileDevices().put(ids.get(i), devices.get(i));
        }
        return new Reply.Done();
    }
}
