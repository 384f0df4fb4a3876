package io.acmpintune.engine.acmp.icql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

class IcqlRoundTripTest {

    private static final List<String> AWKWARD = List.of("", " ", "\r", "\n", "\r\n", "\t", "&", "<", ">", "]]>",
            "<![CDATA[",
            "&#0;", "&amp;", "'", "\"", "\u0085", "\u2028", "\uD7FF", "\uE000", "\uFFFD", "\uD800\uDC00",
            "\uDBFF\uDFFD", "\u00A0");

    private final IcqlWriter writer = new IcqlWriter();
    private final XmlReader reader = new XmlReader();

    @RepeatedTest(200)
    void everyRecordComesBackAsItWasWritten(RepetitionInfo repetition) throws MalformedReplyException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<IcqlRecord> records = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            records.add(record(random));
        }

        byte[] xml = writer.write(
                new IcqlRequest("SaveClients", 1, new IcqlRequest.Content.Records("Clients", "TClient_V1", records)));

        List<IcqlRecord> back = IcqlMessage.open(reader.read(xml)).records("Clients");
        assertThat(back.stream().map(record -> List.copyOf(record.fields().entrySet())))
                .containsExactlyElementsOf(
                        records.stream().map(record -> List.copyOf(record.fields().entrySet())).toList());
    }

    @Test
    void everyAwkwardTextComesBackEvenAtTheEdges() throws MalformedReplyException {
        for (String first : AWKWARD) {
            for (String last : AWKWARD) {
                for (String middle : List.of("", "x")) {
                    String text = first + middle + last;
                    byte[] xml = writer.write(new IcqlRequest("GetCommandVersions", 1,
                            new IcqlRequest.Content.Texts("Commands", List.of(text))));
                    XmlElement list = IcqlMessage.open(reader.read(xml)).body().children().getFirst();
                    assertThat(list.children()).singleElement().extracting(XmlElement::text).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void aRequestLooksLikeAagonsSample() {
        IcqlRequest request = new IcqlRequest("SaveClients", 1,
                new IcqlRequest.Content.Records("Clients", "TClient_V1",
                        List.of(Records.of("ClientId", "{1}", "ComputerName", "A&B"))));
        assertThat(new String(writer.write(request), UTF_8)).isEqualTo(
                """
                        <ICQL><ACMP><SaveClients ActionType="Request" version="1">\
                        <TSaveClientsRequest_V1 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Clients>\
                        <TClient_V1 xsi:type="TClient_V1"><ClientId>{1}</ClientId><ComputerName>A&amp;B</ComputerName></TClient_V1>\
                        </Clients></TSaveClientsRequest_V1></SaveClients></ACMP></ICQL>""");
    }

    @Test
    void aListOfTextsIsAListOfStringElements() {
        IcqlRequest request = new IcqlRequest("GetCommandVersions", 1,
                new IcqlRequest.Content.Texts("Commands", List.of("SaveClients", "SaveMobileDevices")));
        assertThat(new String(writer.write(request), UTF_8))
                .contains("<Commands><string>SaveClients</string><string>SaveMobileDevices</string></Commands>");
    }

    private static IcqlRecord record(Random random) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            fields.put("Field" + random.nextInt(100), text(random));
        }
        return new IcqlRecord(fields);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(40)).mapToObj(_ -> switch (random.nextInt(4)) {
            case 0 -> AWKWARD.get(random.nextInt(AWKWARD.size()));
            case 1 -> Character.toString(random.nextInt(0x20, 0x7F));
            case 2 -> Character.toString(random.nextInt(0xA0, 0xD800));
            default -> Character.toString(random.nextInt(0x10000, 0x110000));
        }).collect(joining());
    }
}
