package io.acmpintune.simulator.acmp;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the XML Schema of a command's request elements. Aagon documents only that schemas mark mandatory fields; that
 * they are XSDs with {@code minOccurs="1"} is this project's assumption.
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

    private static final String END = "</xs:complexType></xs:element>\n";

    private RequestSchema() {}

    /** Returns one schema for all versions, with a request element for each and the types of their records. */
    static String of(Command<?> command, Collection<Integer> versions) {
        var schema = new StringBuilder("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n");
        var restrictions = new LinkedHashSet<String>();
        for (int version : versions) {
            String request = "T" + command.name() + "Request_V" + version;
            schema.append("<xs:element name=\"").append(request).append("\"><xs:complexType>");
            switch (command.request(version)) {
                case RequestFormat.Strings(String list) -> schema.append(list(list, "string", "xs:string")).append(END);
                case RequestFormat.Records(String list, RecordType type) -> {
                    schema.append(list(list, type.name(), type.name())).append(END);
                    schema.append("<xs:complexType name=\"").append(type.name()).append("\">");
                    schema.append(fields(type)).append("</xs:complexType>\n");
                    restrictions.addAll(restrictions(type));
                }
                case RequestFormat.Fields(RecordType type) -> {
                    schema.append(fields(type)).append(END);
                    restrictions.addAll(restrictions(type));
                }
            }
        }
        restrictions.forEach(schema::append);
        return schema.append(TYPES).append("</xs:schema>\n").toString();
    }

    private static String list(String list, String item, String type) {
        return """
                <xs:sequence>
                <xs:element name="%s" minOccurs="1"><xs:complexType><xs:sequence>
                <xs:element name="%s" type="%s" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence></xs:complexType></xs:element>
                </xs:sequence>
                """.formatted(list, item, type);
    }

    private static String fields(RecordType type) {
        return type.fields()
                .stream()
                .map(field -> "<xs:element name=\"%s\" type=\"%s\" minOccurs=\"%d\"/>\n".formatted(field.name(),
                        type(field), field.presence() == Field.Presence.OPTIONAL ? 0 : 1))
                .collect(Collectors.joining("", "<xs:sequence>\n", "</xs:sequence>\n"));
    }

    /** The types of the fields that must not be empty. */
    private static List<String> restrictions(RecordType type) {
        return type.fields()
                .stream()
                .filter(RequestSchema::restricted)
                .map(field -> """
                        <xs:simpleType name="%s"><xs:restriction base="%s"><xs:minLength value="1"/>%s</xs:restriction></xs:simpleType>
                        """
                        .formatted(type(field), field.type().schemaType(),
                                field.longest() > 0 ? "<xs:maxLength value=\"" + field.longest() + "\"/>" : ""))
                .toList();
    }

    private static String type(Field field) {
        return restricted(field) ? "Acmp" + field.name() : field.type().schemaType();
    }

    private static boolean restricted(Field field) {
        return field.presence() == Field.Presence.MANDATORY;
    }
}
