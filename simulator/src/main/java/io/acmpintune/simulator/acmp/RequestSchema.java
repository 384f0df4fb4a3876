package io.acmpintune.simulator.acmp;

/**
 * Writes the XML Schema of a command's request element. That a schema is an XSD, and that {@code minOccurs="1"} marks
 * what must be sent, is this project's assumption; Aagon documents only that schemas mark mandatory fields.
 */
final class RequestSchema {

    private static final String TYPES = """
            <xs:simpleType name="AcmpGuid"><xs:restriction base="xs:string">\
            <xs:pattern value="(\\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\\})?"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="AcmpDate"><xs:restriction base="xs:dateTime">\
            <xs:pattern value="\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="AcmpBoolean"><xs:restriction base="xs:string">\
            <xs:enumeration value="true"/><xs:enumeration value="false"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="AcmpClientType"><xs:restriction base="xs:string">\
            <xs:enumeration value="ctApplication"/><xs:enumeration value="ctAndroid"/><xs:enumeration value="ctIOS"/>\
            <xs:enumeration value="ctWindows"/><xs:enumeration value="ctMacOS"/><xs:enumeration value="ctLinux"/>\
            <xs:enumeration value="ctOther"/></xs:restriction></xs:simpleType>
            <xs:simpleType name="AcmpRecordState"><xs:restriction base="xs:string">\
            <xs:enumeration value="active"/><xs:enumeration value="removed"/></xs:restriction></xs:simpleType>
            """;

    private RequestSchema() {}

    static String of(Command command) {
        String request = "T" + command.name() + "Request_V1";
        String item = command.list().records().map(RecordType::name).orElse("string");
        var schema = new StringBuilder("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n");
        schema.append("""
                <xs:element name="%s"><xs:complexType><xs:sequence>
                <xs:element name="%s" minOccurs="1"><xs:complexType><xs:sequence>
                <xs:element name="%s" type="%s" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence></xs:complexType></xs:element>
                </xs:sequence></xs:complexType></xs:element>
                """.formatted(request, command.list().element(), item,
                command.list().records().isPresent() ? item : "xs:string"));
        command.list().records().ifPresent(record -> record(schema, record));
        return schema.append(TYPES).append("</xs:schema>\n").toString();
    }

    private static void record(StringBuilder schema, RecordType record) {
        schema.append("<xs:complexType name=\"").append(record.name()).append("\"><xs:sequence>\n");
        for (Field field : record.fields()) {
            schema.append("<xs:element name=\"%s\" type=\"%s\" minOccurs=\"%d\"/>\n".formatted(field.name(),
                    type(field), field.presence() == Field.Presence.OPTIONAL ? 0 : 1));
        }
        schema.append("</xs:sequence></xs:complexType>\n");
        record.fields()
                .stream()
                .filter(RequestSchema::restricted)
                .forEach(field -> schema
                        .append("""
                                <xs:simpleType name="%s"><xs:restriction base="%s"><xs:minLength value="1"/>%s</xs:restriction></xs:simpleType>
                                """
                                .formatted(type(field), field.type().schemaType(),
                                        field.longest() > 0
                                                ? "<xs:maxLength value=\"" + field.longest() + "\"/>"
                                                : "")));
    }

    private static String type(Field field) {
        return restricted(field) ? "Acmp" + field.name() : field.type().schemaType();
    }

    private static boolean restricted(Field field) {
        return field.presence() == Field.Presence.MANDATORY;
    }
}
