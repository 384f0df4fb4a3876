package io.acmpintune.engine.acmp.icql;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IcqlMessageTest {

    private static final IcqlRequest REQUEST = new IcqlRequest("SaveClients", 1,
            new IcqlRequest.Content.Texts("Commands", List.of()));

    @Test
    void aResponseIsOpenedWhateverItsNamespace() throws MalformedReplyException {
        IcqlMessage message = open(
                """
                        <ICQL xmlns="http://acmp.com/SaveClientsResponse_V1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                          <ACMP>
                            <SaveClients ActionType="Response" version="1">
                              <TSaveClientsResponse_V1>
                                <Clients>
                                  <TClient_V1 xsi:type="TClient_V1"><ClientId>{1}</ClientId><ComputerName> A </ComputerName></TClient_V1>
                                </Clients>
                                <ResultCode> 0 </ResultCode><ResultMessage>OK</ResultMessage>
                              </TSaveClientsResponse_V1>
                            </SaveClients>
                          </ACMP>
                        </ICQL>""");
        assertThat(message.answers(REQUEST)).isTrue();
        assertThat(message.result()).isEqualTo(ResultCode.Known.OK);
        assertThat(message.resultMessage()).isEqualTo("OK");
        assertThat(message.records("Clients")).containsExactly(Records.of("ClientId", "{1}", "ComputerName", " A "));
        assertThat(message.records("IgnoredMessages")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SaveClients, Response, 1, true", "SaveClients, response, 1, true", "SaveClients, Request, 1, false",
            "SaveClients, Response, 2, false", "SaveMobileDevices, Response, 1, false"})
    void onlyAResponseToTheSameCommandAndVersionAnswersARequest(String command, String action, int version,
            boolean answers)
            throws MalformedReplyException {
        IcqlMessage message = open(
                "<ICQL><ACMP><%s ActionType='%s' version='%d'><T/></%s></ACMP></ICQL>".formatted(command,
                        action, version,
                        command));
        assertThat(message.answers(REQUEST)).isEqualTo(answers);
    }

    @ParameterizedTest
    @CsvSource({"TSaveClientsResponse_V1, true", "TSaveClientsRequest_V1, false"})
    void withoutAnActionTypeTheTypesNameTells(String type, boolean response) throws MalformedReplyException {
        assertThat(open("<ICQL><ACMP><SaveClients version='1'><%s/></SaveClients></ACMP></ICQL>".formatted(type))
                .response())
                .isEqualTo(response);
    }

    @ParameterizedTest
    @CsvSource({"<ResultCode>0</ResultCode>, 0", "<ResultCode>26</ResultCode>, 26", "<ErrorCode>19</ErrorCode>, 19",
            "<ErrorCode>0</ErrorCode><ResultCode>0</ResultCode>, 0",
            "<ErrorCode>18</ErrorCode><ResultCode>0</ResultCode>, 18",
            "<ErrorCode>18</ErrorCode><ResultCode>26</ResultCode>, 26", "<ResultCode>-1</ResultCode>, -1"})
    void theResultIsTheFirstCodeThatTellsOfAFault(String codes, int number) throws MalformedReplyException {
        assertThat(response(codes).result()).isEqualTo(ResultCode.of(number));
    }

    @Test
    void aMissingResultIsNotTakenForSuccess() throws MalformedReplyException {
        assertThat(response("<Clients/>").result()).isNull();
        assertThat(response("<ResultCode/>").result()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<root/>", "<ICQL/>", "<ICQL><ACMP/></ICQL>", "<ICQL><ACMP><A version='1'/></ACMP></ICQL>",
            "<ICQL><ACMP><A version='1'><T/></A><B version='1'><T/></B></ACMP></ICQL>",
            "<ICQL><ACMP><A><T/></A></ACMP></ICQL>",
            "<ICQL><ACMP><A version='one'><T/></A></ACMP></ICQL>",
            "<ICQL><ACMP><A version='1'><T><ResultCode>OK</ResultCode></T></A></ACMP></ICQL>"})
    void anythingElseIsMalformed(String document) {
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> open(document));
    }

    @Test
    void aRecordWithAFieldTwiceIsMalformed() throws MalformedReplyException {
        IcqlMessage message = response("<Clients><TClient_V1><A>1</A><A>2</A></TClient_V1></Clients>");
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> message.records("Clients"));
    }

    @Test
    void aRecordWithAFieldNameBeyondIcqlIsMalformed() throws MalformedReplyException {
        IcqlMessage message = response("<Clients><TClient_V1><Größe>1</Größe></TClient_V1></Clients>");
        assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> message.records("Clients"));
    }

    private static IcqlMessage response(String content) throws MalformedReplyException {
        return open("<ICQL><ACMP><SaveClients ActionType='Response' version='1'><T>" + content
                + "</T></SaveClients></ACMP></ICQL>");
    }

    private static IcqlMessage open(String document) throws MalformedReplyException {
        return IcqlMessage.open(new XmlReader().read(document.getBytes(UTF_8)));
    }
}
