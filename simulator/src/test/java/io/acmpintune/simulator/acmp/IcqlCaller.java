package io.acmpintune.simulator.acmp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Message;

import static org.assertj.core.api.Assertions.assertThat;

/** Publishes ICQL to a server and reads the replies. */
final class IcqlCaller {

    private final Broker broker;
    private final String router;
    private final String key;
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>();

    IcqlCaller(Broker broker, String router, String key) {
        this.broker = broker;
        this.router = router;
        this.key = key;
        broker.join("replies", key, replies::add);
    }

    String ask(String icql) {
        return askRaw(icql.getBytes(StandardCharsets.UTF_8));
    }

    String askRaw(byte[] icql) {
        send(icql);
        return reply();
    }

    void publish(String icql) {
        send(icql.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for the next reply and parses it. */
    String reply() {
        return new String(Base64.getDecoder().decode(body()), StandardCharsets.UTF_8);
    }

    /** Waits for the next reply and returns it unparsed. */
    String body() {
        try {
            Message reply = replies.poll(2, TimeUnit.MINUTES);
            assertThat(reply).as("a reply").isNotNull();
            return Optional.ofNullable(reply).map(Message::body).orElse("");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of unread replies. */
    int unread() {
        return replies.size();
    }

    private void send(byte[] icql) {
        assertThat(broker.publish(router, key, new Message(Base64.getEncoder().encodeToString(icql), "replies", key)))
                .isTrue();
    }

    static Map<String, String> client(String id, String name) {
        var client = new LinkedHashMap<String, String>();
        client.put("ClientId", id);
        client.put("ComputerName", name);
        client.put("ComputerDomain", "contoso.example");
        client.put("MacAddress", "00-80-41-ae-fd-7e");
        client.put("ComputerSid", "");
        client.put("ActiveDirectoryObjectId", "");
        client.put("ClientType", "ctIOS");
        client.put("PrimaryIP", "");
        client.put("DisplayIP", "");
        return client;
    }

    static Map<String, String> with(Map<String, String> client, String field, String value) {
        client.put(field, value);
        return client;
    }

    @SafeVarargs
    static String clients(Map<String, String>... clients) {
        return clients(1, clients);
    }

    @SafeVarargs
    static String clients(int version, Map<String, String>... clients) {
        var list = new StringBuilder("<Clients>");
        for (Map<String, String> client : clients) {
            list.append("<TClient_V%1$d xsi:type=\"TClient_V%1$d\">".formatted(version));
            client.forEach((field, value) -> list.append('<')
                    .append(field)
                    .append('>')
                    .append(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                    .append("</")
                    .append(field)
                    .append('>'));
            list.append("</TClient_V%d>".formatted(version));
        }
        return icql("SaveClients", Integer.toString(version), list + "</Clients>");
    }

    static String device(String clientId) {
        return icql("SaveMobileDevices", "1", "<MobileDevices><TMobileDevice_V1><ClientId>" + clientId
                + "</ClientId><IntuneDeviceId>i</IntuneDeviceId></TMobileDevice_V1></MobileDevices>");
    }

    static String names(String... names) {
        return "<Commands><string>" + String.join("</string><string>", names) + "</string></Commands>";
    }

    static String icql(String command, String version, String parameters) {
        return """
                <ICQL><ACMP><%1$s ActionType="Request" version="%2$s">
                <T%1$sRequest_V%2$s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">%3$s</T%1$sRequest_V%2$s>
                </%1$s></ACMP></ICQL>""".formatted(command, version, parameters);
    }

    static String id(String reply) {
        Matcher id = Pattern.compile("<ClientId>(.*?)</ClientId>").matcher(reply);
        assertThat(id.find()).as(reply).isTrue();
        return id.group(1);
    }

    static String refusal(String reply, int code) {
        Matcher refusal = Pattern
                .compile("<ResultCode>(-?\\d+)</ResultCode><ResultMessage>(.*?)</ResultMessage>", Pattern.DOTALL)
                .matcher(reply);
        assertThat(refusal.find()).as(reply).isTrue();
        assertThat(refusal.group(1)).isEqualTo(Integer.toString(code));
        return refusal.group(2);
    }
}
