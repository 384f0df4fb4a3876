package io.acmpintune.engine.acmp;

import io.acmpintune.engine.acmp.icql.IcqlRecord;

import static java.util.Arrays.stream;
import static java.util.stream.Collectors.joining;

/** What an ACMP server answers, as text. */
final class Replies {

    private Replies() {}

    static String of(String command, String content) {
        return """
                <ICQL xmlns="http://acmp.com/%1$sResponse_V1"><ACMP><%1$s ActionType="Response" version="1">\
                <T%1$sResponse_V1>%2$s</T%1$sResponse_V1></%1$s></ACMP></ICQL>""".formatted(command, content);
    }

    static String result(String command, int code, String message) {
        return of(command, "<ResultCode>%d</ResultCode><ResultMessage>%s</ResultMessage>".formatted(code, message));
    }

    /** As Aagon's sample: the clients come back, a result code does not. */
    static String clients(IcqlRecord... clients) {
        return of("SaveClients", stream(clients).map(client -> client.fields()
                .sequencedEntrySet()
                .stream()
                .map(field -> "<%1$s>%2$s</%1$s>".formatted(field.getKey(), field.getValue()))
                .collect(joining("", "<TClient_V1>", "</TClient_V1>")))
                .collect(joining("", "<Clients>", "</Clients>")));
    }
}
