package io.acmpintune.engine.acmp;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SecrecyTest {

    private static final IcqlRecord PERSON = Records.client(1).with("UserDisplayName", "canary-person");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level usual = root.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TestClock clock = new TestClock();
    private final StubSics sics = new StubSics(clock);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        root.setLevel(usual);
        root.detachAppender(log);
        sics.close();
    }

    @Test
    void neitherCredentialsNorPersonalDataAreLoggedOrTold() {
        var told = new ArrayList<Object>();
        var right = sics.connection();
        var wrong = new SicsConnection(right.url(), "acmp", "canary-wrong", true, right.connectTimeout(),
                right.readTimeout(),
                right.replyTimeout());
        told.addAll(List.of(right, wrong));
        sics.acmp(publication -> {
            publication.reply(Replies.of("GetCommandVersions", ""));
            publication.reply(Replies.clients(PERSON));
        });
        for (var connection : List.of(right, wrong)) {
            var client = new SicsClient(connection, SicsDialect.standard(), new SicsHttp(connection, null), clock);
            try (var gateway = new AcmpGateway(connection, client, clock, clock::advance)) {
                var acmp = gateway.open(StubSics.SERVER);
                told.add(acmp.saveClients(List.of(PERSON)));
                sics.endSessions();
                told.add(acmp.saveClients(List.of(PERSON, Records.client(2))));
                told.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.acmp(publication -> publication.reply("<canary-person>"));
                told.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.instead("/Publish", 500, "{}");
                told.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.instead("/Session", 400, "{\"ErrorCode\":35,\"Result\":\"canary-password\"}");
                sics.endSessions();
                told.add(acmp.saveMobileDevices(List.of(PERSON)));
            }
        }
        assertThat(told.toString()).doesNotContain("canary");
        assertThat(log.list).isNotEmpty()
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("canary"));
    }
}
