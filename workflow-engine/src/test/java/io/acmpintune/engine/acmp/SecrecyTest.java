package io.acmpintune.engine.acmp;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.Records;
import io.acmpintune.engine.acmp.sics.SicsClient;
import io.acmpintune.engine.acmp.sics.SicsConnection;
import io.acmpintune.engine.acmp.sics.SicsDialect;
import io.acmpintune.runtime.fixture.TestClock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Isolated("reads what is printed")
class SecrecyTest {

    private static final IcqlRecord PERSON = Records.client(1).with("UserDisplayName", "canary-person");

    private final LoggingSystem logging = LoggingSystem.get(SecrecyTest.class.getClassLoader());
    private final PrintStream usual = System.out;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final TestClock clock = TestClock.fixed();
    private final StubSics sics = new StubSics(clock);

    @BeforeEach
    void listenToEverything() {
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.TRACE);
        System.setOut(new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(usual);
        logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
        sics.close();
    }

    @Test
    void neitherCredentialsNorPersonalDataAreLoggedOrReported() {
        List<Object> reported = new ArrayList<>();
        SicsConnection right = sics.connection();
        SicsConnection wrong = new SicsConnection(right.url(), "acmp", "canary-wrong", true, right.connectTimeout(),
                right.readTimeout(),
                right.replyTimeout());
        reported.addAll(List.of(right, wrong));
        sics.acmp(publication -> {
            publication.reply(Replies.of("GetCommandVersions", ""));
            publication.reply(Replies.clients(PERSON));
        });
        for (SicsConnection connection : List.of(right, wrong)) {
            SicsClient client = new SicsClient(connection, SicsDialect.standard(), null, clock);
            try (AcmpGateway gateway = new AcmpGateway(connection, client, clock, clock::advance)) {
                Acmp acmp = gateway.open(StubSics.SERVER);
                reported.add(acmp.saveClients(List.of(PERSON)));
                sics.endSessions();
                reported.add(acmp.saveClients(List.of(PERSON, Records.client(2))));
                reported.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.acmp(publication -> publication.reply("<canary-person>"));
                reported.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.instead("/Publish", 500, "{}");
                reported.add(acmp.saveMobileDevices(List.of(PERSON)));
                sics.instead("/Session", 400, "{\"ErrorCode\":35,\"Result\":\"canary-password\"}");
                sics.endSessions();
                reported.add(acmp.saveMobileDevices(List.of(PERSON)));
            }
        }
        assertThat(reported.toString()).doesNotContain("canary");
        assertThat(log.toString(UTF_8)).contains("Opened a session", "SICS refused user name or password")
                .doesNotContain("canary");
    }
}
