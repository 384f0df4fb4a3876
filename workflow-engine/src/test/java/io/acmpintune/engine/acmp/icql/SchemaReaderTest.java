package io.acmpintune.engine.acmp.icql;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaReaderTest {

    private static final String SCHEMA = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
              <xs:element name="TSaveClientsRequest_V1"><xs:complexType><xs:sequence>
                <xs:element name="Clients"><xs:complexType><xs:sequence>
                  <xs:element name="TClient_V1" type="TClient_V1" maxOccurs="unbounded"/>
                </xs:sequence></xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
              <xs:complexType name="TClient_V1">
                <xs:annotation><xs:documentation>a client</xs:documentation></xs:annotation>
                <xs:sequence>
                  <xs:element name="ClientId" minOccurs="0"/>
                  <xs:element name="ComputerName" minOccurs="1"/>
                  <xs:element name="Domain"><xs:complexType><xs:sequence><xs:element name="Inner"/></xs:sequence></xs:complexType></xs:element>
                </xs:sequence>
              </xs:complexType>
            </xs:schema>""";

    @Test
    void aTypesOwnFieldsAreReadInTheirOrder() {
        assertThat(
                new CommandSchemas(Map.of("SaveClients", SCHEMA)).fields(RecordCommand.SAVE_CLIENTS, 1).orElseThrow())
                .containsExactly(
                        new SchemaField("ClientId", false), new SchemaField("ComputerName", true),
                        new SchemaField("Domain", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not XML", "{\"json\":true}", "<!DOCTYPE a><a/>", "<xs:schema xmlns:xs='x'/>"})
    void aSchemaOfAnotherKindHasNoFieldsThatWeKnow(String schema) {
        assertThat(new CommandSchemas(Map.of("SaveClients", schema)).fields(RecordCommand.SAVE_CLIENTS, 1)).isEmpty();
    }

    @Test
    void aCommandThatWasNotDescribedHasNoFieldsThatWeKnow() {
        CommandSchemas schemas = new CommandSchemas(Map.of("GetCommandVersions", SCHEMA));
        assertThat(schemas.fields(RecordCommand.SAVE_CLIENTS, 1)).isEmpty();
    }

    @Test
    void eachVersionHasTheFieldsOfItsOwnType() {
        String schema = """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
                  <xs:complexType name="TMobileDevice_V1"><xs:sequence><xs:element name="ClientId"/></xs:sequence></xs:complexType>
                  <xs:complexType name="TMobileDevice_V2"><xs:sequence>
                    <xs:element name="ClientId"/><xs:element name="Imei" minOccurs="0"/>
                  </xs:sequence></xs:complexType>
                </xs:schema>""";
        CommandSchemas schemas = new CommandSchemas(Map.of("SaveMobileDevices", schema));
        assertThat(schemas.fields(RecordCommand.SAVE_MOBILE_DEVICES, 1)).hasValue(
                List.of(new SchemaField("ClientId", true)));
        assertThat(schemas.fields(RecordCommand.SAVE_MOBILE_DEVICES, 2)).hasValue(
                List.of(new SchemaField("ClientId", true), new SchemaField("Imei", false)));
        assertThat(schemas.fields(RecordCommand.SAVE_MOBILE_DEVICES, 3)).isEmpty();
    }
}
