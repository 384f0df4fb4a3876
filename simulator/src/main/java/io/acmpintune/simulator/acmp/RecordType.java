package io.acmpintune.simulator.acmp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A type of ICQL record, with its fields in the required order. */
final class RecordType {

    /** Attested by Aagon's sample, except for client types other than {@code ctApplication}. */
    private static final RecordType CLIENT_V1 = new RecordType("TClient_V1",
            List.of(Field.optional("ClientId", FieldType.GUID), Field.mandatory("ComputerName", FieldType.STRING, 255),
                    Field.sent("ComputerDomain", FieldType.STRING), Field.sent("MacAddress", FieldType.STRING),
                    Field.sent("ComputerSid", FieldType.STRING), Field.sent("ActiveDirectoryObjectId", FieldType.GUID),
                    Field.sent("ClientType", FieldType.CLIENT_TYPE), Field.sent("PrimaryIP", FieldType.STRING),
                    Field.sent("DisplayIP", FieldType.STRING)));

    /**
     * Indexed by version - 1. Aagon documents only that versions 2 and 3 exist; their fields are this project's
     * assumption.
     */
    static final List<RecordType> CLIENT = List.of(CLIENT_V1,
            CLIENT_V1.extended("TClient_V2", Field.optional("Description", FieldType.STRING)),
            CLIENT_V1.extended("TClient_V3", Field.optional("Description", FieldType.STRING),
                    Field.optional("Location", FieldType.STRING)));

    /** An assumption of this project, because Aagon's fields are not public. */
    private static final RecordType MOBILE_DEVICE_V1 = new RecordType("TMobileDevice_V1", mobileDeviceFields("""
            STRING DeviceName ManagedDeviceName OperatingSystem OSVersion AndroidSecurityPatchLevel Manufacturer Model
            STRING SerialNumber IMEI MEID ICCID UDID WiFiMacAddress EthernetMacAddress SubscriberCarrier PhoneNumber
            STRING UserId UserPrincipalName UserDisplayName EmailAddress OwnerType ComplianceState
            DATE ComplianceGracePeriodExpiration
            STRING ManagementState ManagementAgent EnrollmentType EnrollmentProfileName RegistrationState DeviceCategory
            GUID EntraDeviceId
            BOOLEAN EntraRegistered
            DATE EnrolledDate LastSyncDate ManagementCertificateExpiration
            BOOLEAN IsEncrypted IsSupervised UserEnrollmentApprovalRequired
            STRING JailBroken ThreatState
            BOOLEAN EasActivated
            STRING EasDeviceId
            DATE EasActivationDate
            STRING ExchangeAccessState ExchangeAccessStateReason
            DATE ExchangeLastSyncDate
            INT64 TotalStorageBytes FreeStorageBytes PhysicalMemoryBytes
            STRING RemoteAssistanceSessionUrl RemoteAssistanceSessionErrorDetails Notes HealthAttestationStatus
            STRING ConfigurationManagerFeatures DeviceActions
            RECORD_STATE RecordState
            """));

    /** Indexed by version - 1. */
    static final List<RecordType> MOBILE_DEVICE = List.of(MOBILE_DEVICE_V1,
            MOBILE_DEVICE_V1.extended("TMobileDevice_V2", Field.optional("AutopilotEnrolled", FieldType.BOOLEAN)));

    private final String name;
    private final List<Field> fields;
    private final Map<String, Integer> indexes;

    /** @param name such as {@code TClient_V1} */
    RecordType(String name, List<Field> fields) {
        this.name = name;
        this.fields = List.copyOf(fields);
        this.indexes = IntStream.range(0, fields.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(i -> fields.get(i).name(), i -> i));
    }

    /** The values of a record of this type, or what is wrong with it. */
    sealed interface Checked {

        record Good(FieldValues values) implements Checked {}

        record Bad(String flaw) implements Checked {}
    }

    String name() {
        return name;
    }

    List<Field> fields() {
        return fields;
    }

    /** Checks the elements of one record, in the order in which they were sent. */
    Checked check(List<Map.Entry<String, String>> sent) {
        var values = new HashMap<String, String>();
        int last = -1;
        for (Map.Entry<String, String> element : sent) {
            Integer index = indexes.get(element.getKey());
            if (index == null) {
                return new Checked.Bad(name + " has no field " + element.getKey());
            }
            if (values.put(element.getKey(), element.getValue()) != null) {
                return new Checked.Bad(element.getKey() + " was sent twice");
            }
            if (index < last) {
                return new Checked.Bad(element.getKey() + " must stand before " + fields.get(last).name());
            }
            last = index;
        }
        return check(values);
    }

    /** Checks fields in any order, and fills missing ones with their type's empty value. */
    Checked complete(Map<String, String> given) {
        var all = new LinkedHashMap<String, String>();
        fields.forEach(field -> all.put(field.name(), field.type().empty()));
        all.putAll(given);
        return check(List.copyOf(all.entrySet()));
    }

    private Checked check(Map<String, String> sent) {
        var values = new ArrayList<String>(fields.size());
        for (Field field : fields) {
            String value = sent.get(field.name());
            if (value == null && field.presence() != Field.Presence.OPTIONAL) {
                return new Checked.Bad(field.name() + " is missing");
            }
            if (value == null) {
                values.add(field.type().empty());
                continue;
            }
            Optional<String> flaw = field.flaw(value);
            if (flaw.isPresent()) {
                return new Checked.Bad(flaw.get());
            }
            values.add(value);
        }
        return new Checked.Good(FieldValues.of(this, values));
    }

    private RecordType extended(String extendedName, Field... more) {
        return new RecordType(extendedName, Stream.concat(fields.stream(), Stream.of(more)).toList());
    }

    /** Returns two mandatory keys and optional fields; each line has a type and the names of its fields. */
    private static List<Field> mobileDeviceFields(String lines) {
        var fields = new ArrayList<Field>();
        fields.add(Field.mandatory("ClientId", FieldType.GUID, 0));
        fields.add(Field.mandatory("IntuneDeviceId", FieldType.STRING, 0));
        lines.lines().map(line -> List.of(line.split(" ", -1))).forEach(words -> {
            FieldType type = FieldType.valueOf(words.getFirst());
            words.subList(1, words.size()).forEach(field -> fields.add(Field.optional(field, type)));
        });
        return fields;
    }
}
