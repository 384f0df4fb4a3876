package io.acmpintune.engine.mapping;

import java.util.List;

/** Whether an ACMP server takes the records that a mapping makes. */
public sealed interface SchemaCheck {

    /** It does, in these versions of {@code SaveClients} and {@code SaveMobileDevices}. */
    record Fits(ChosenVersion client, ChosenVersion mobileDevice) implements SchemaCheck {}

    /** It does not. */
    record Unfit(List<MappingFault> faults) implements SchemaCheck {
        public Unfit {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Checks a mapping against what one server offers. Of each command the highest version is chosen that knows every mapped
     * field and of whose mandatory fields none is missing. The order of the fields is no fault, see
     * {@link ChosenVersion#ordered}. Where the server describes no version, version 1 is taken on trust; where it describes
     * some, only those count.
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
