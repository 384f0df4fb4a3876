package io.acmpintune.simulator.acmp;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;

class RequestSchemaTest {

    private static final String CLIENT = """
            <TSaveClientsRequest_V1><Clients><TClient_V1><ClientId>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</ClientId>\
            <ComputerName>PC</ComputerName><ComputerDomain/><MacAddress/><ComputerSid/><ActiveDirectoryObjectId/>\
            <ClientType>ctIOS</ClientType><PrimaryIP/><DisplayIP/></TClient_V1></Clients></TSaveClientsRequest_V1>""";

    @Test
    void theSchemaOfAClientAcceptsWhatTheServerAccepts() throws SAXException {
        Schema schema = schema(new SaveClients(new Inventory(), new Refusals()), 1);
        assertThat(violation(schema, CLIENT)).isEmpty();
        assertThat(violation(schema, CLIENT.replace("<ClientId>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</ClientId>", "")))
                .isEmpty();
        assertThat(violation(schema, CLIENT.replace("{B0", "{b0")))
                .hasValueSatisfying(v -> assertThat(v).contains("AcmpGuid"));
        assertThat(violation(schema, CLIENT.replace("<PrimaryIP/>", ""))).isPresent();
        assertThat(violation(schema, CLIENT.replace("ctIOS", "ctX"))).isPresent();
        assertThat(violation(schema, CLIENT.replace("PC", ""))).isPresent();
        assertThat(violation(schema, CLIENT.replace("PC", "n".repeat(256)))).isPresent();
    }

    @Test
    void theSchemaOfAMobileDeviceAcceptsWhatTheServerAccepts() throws SAXException {
        Schema schema = schema(new SaveMobileDevices(new Inventory(), new Refusals()), 1);
        String device = """
                <TSaveMobileDevicesRequest_V1><MobileDevices><TMobileDevice_V1>\
                <ClientId>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</ClientId><IntuneDeviceId>i</IntuneDeviceId>\
                <EnrolledDate>1899-12-30T00:00:00.000Z</EnrolledDate><IsEncrypted>true</IsEncrypted>\
                <TotalStorageBytes>0</TotalStorageBytes><RecordState>removed</RecordState>\
                </TMobileDevice_V1></MobileDevices></TSaveMobileDevicesRequest_V1>""";
        assertThat(violation(schema, device)).isEmpty();
        assertThat(violation(schema, device.replace("<IntuneDeviceId>i</IntuneDeviceId>", ""))).isPresent();
        assertThat(violation(schema, device.replace("00.000Z", "00Z"))).isPresent();
        assertThat(violation(schema, device.replace(">true<", ">1<"))).isPresent();
        assertThat(violation(schema, device.replace(">0<", "><"))).isPresent();
        assertThat(violation(schema, device.replace("removed", "gone"))).isPresent();
    }

    @Test
    void oneSchemaDescribesEveryOfferedVersion() throws SAXException {
        Schema schema = schema(new SaveClients(new Inventory(), new Refusals()), 1, 2, 3);
        String second = CLIENT.replace("_V1", "_V2")
                .replace("<DisplayIP/>", "<DisplayIP/><Description>spare</Description>");
        assertThat(violation(schema, CLIENT)).isEmpty();
        assertThat(violation(schema, second)).isEmpty();
        assertThat(violation(schema, CLIENT.replace("_V1", "_V3"))).isEmpty();
        assertThat(violation(schema, second.replace("_V2", "_V1"))).isPresent();
        assertThat(violation(schema(new SaveClients(new Inventory(), new Refusals()), 1), second)).isPresent();
    }

    @Test
    void theSchemaOfPlainFieldsAcceptsWhatTheServerAccepts() throws SAXException {
        Schema schema = schema(new GetClientId(new Inventory()), 1);
        String request = """
                <TGetClientIdRequest_V1>\
                <ActiveDirectoryObjectId>{00000000-0000-0000-0000-000000000000}</ActiveDirectoryObjectId>\
                <ComputerName>PC</ComputerName><ComputerDomain>d</ComputerDomain></TGetClientIdRequest_V1>""";
        assertThat(violation(schema, request)).isEmpty();
        assertThat(violation(schema, request.replace(">d<", "><"))).isPresent();
        assertThat(violation(schema, request.replace("{00", "00"))).isPresent();
        assertThat(violation(schema, request.replace("<ComputerName>PC</ComputerName>", ""))).isPresent();
        assertThat(violation(schema(new DeleteClients(new Inventory()), 1),
                """
                        <TDeleteClientsRequest_V1><ClientIds><string>{B03D2CCD-ADC1-4B9D-BDB8-87564B94030C}</string></ClientIds>\
                        </TDeleteClientsRequest_V1>"""))
                .isEmpty();
    }

    private static Schema schema(Command<?> command, Integer... versions) throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(RequestSchema.of(command, List.of(versions)))));
    }

    private static Optional<String> violation(Schema schema, String xml) {
        try {
            schema.newValidator().validate(new StreamSource(new StringReader(xml)));
            return Optional.empty();
        } catch (SAXException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
