package io.acmpintune.engine.mapping;

import java.util.List;

/** Whether an ACMP server accepts the records of a mapping. */
public sealed interface SchemaCheck {

    /** The server accepts them, in these versions of {@code SaveClients} and {@code SaveMobileDevices}. */
    record Fits(ChosenVersion client, ChosenVersion mobileDevice) implements SchemaCheck {}

    /** The server does not accept them. */
    record Unfit(List<MappingFault> faults) implements SchemaCheck {
        public Unfit {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Checks a mapping against what one server offers. For each command it selects the highest version that has every mapped
     * field and whose mandatory fields are all mapped. Field order is no fault, see {@link ChosenVersion#ordered}. If the
     * server describes no version, version 1 is assumed; if it describes some, only those count.
     */
    static SchemaCheck of(Mapping mapping, OfferedVersions client, OfferedVersions mobileDevice) {
        VersionChoice clients = VersionChoice.of(Section.CLIENT, mapping.section(Section.CLIENT), client);
        VersionChoice devices = VersionChoice.of(Section.MOBILE_DEVICE, mapping.section(Section.MOBILE_DEVICE),
                mobileDevice);
        return clients instanceof VersionChoice.Chosen(var inClient)
                && devices instanceof VersionChoice.Chosen(var inDevice)
                        ? new Fits(inClient, inDevice)
                        : new Unfit(VersionChoice.faults(clients, devices));
    }
}
