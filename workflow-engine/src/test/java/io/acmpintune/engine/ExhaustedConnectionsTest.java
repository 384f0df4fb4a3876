package io.acmpintune.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.acmpintune.engine.fixture.People;
import io.acmpintune.engine.fixture.QuietEngine;
import io.acmpintune.engine.fixture.Visitor;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.access.Role;
import io.acmpintune.runtime.fixture.ApiCaller;

import static org.assertj.core.api.Assertions.assertThat;

/** The emergency stop can be pressed while every connection of the engine's common pool is taken. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ExhaustedConnectionsTest {

    private final DataSource common;
    private final int port;

    ExhaustedConnectionsTest(@Autowired DataSource common, @LocalServerPort int port) {
        this.common = common;
        this.port = port;
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry registry) {
        QuietEngine.configure(registry);
        People.configure(registry);
    }

    @Test
    void aTokenAndASignedInPersonCanBothStop() throws Exception {
        Visitor visitor = new Visitor(port);
        visitor.signIn("olga", People.PASSWORD);
        String formToken = visitor.formToken("/console/emergency-stop").orElseThrow();
        ApiCaller token = ApiCaller.local(port, QuietEngine.token(Role.OPERATOR));

        List<Connection> taken = takeAll();
        try {
            ApiCaller.Answer byToken = token.post("/api/v1/emergency-stop",
                    Map.of("workflow", "*", "reason", "stolen"));
            Visitor.Answer byPerson = visitor.postAlone("/console/emergency-stop",
                    Map.of("_csrf", formToken, "scope", TestWorkflows.NAME));

            assertThat(byToken.status()).as(byToken.body()).isEqualTo(200);
            assertThat(byToken.json().path("stopped").asBoolean(false)).isTrue();
            assertThat(byToken.json().path("audited").asBoolean(true)).isFalse();
            assertThat(byPerson.status()).as(byPerson.body()).isEqualTo(302);
            assertThat(taken).noneMatch(ExhaustedConnectionsTest::isClosed);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        assertThat(token.get("/api/v1/emergency-stop").json()).extracting(stop -> stop.path("workflow").asString(""))
                .containsExactlyInAnyOrder("*", TestWorkflows.NAME);
    }

    private List<Connection> takeAll() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        while (true) {
            try {
                taken.add(common.getConnection());
            } catch (SQLTransientConnectionException _) {
                return taken;
            }
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
