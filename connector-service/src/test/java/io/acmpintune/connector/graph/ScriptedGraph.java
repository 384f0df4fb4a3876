package io.acmpintune.connector.graph;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.connector.fixture.ConnectorDatabase;
import io.acmpintune.connector.fixture.FakeMicrosoft;
import io.acmpintune.connector.tenant.AccessTokens;
import io.acmpintune.connector.tenant.Connector;
import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.problem.Problem;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Graph behind a scripted server, with a real budget. */
@Timeout(60)
abstract class ScriptedGraph {

    static final FakeMicrosoft MICROSOFT = FakeMicrosoft.start();
    static final String BATCH = "/v1.0/$batch";
    static final ActionOrder A = order("d-1");
    static final ActionOrder B = order("d-2");
    static final String FORBIDDEN = """
            {"error":{"code":"Forbidden","message":"{\\"_version\\":3,\\"Message\\":\\"Application is not authorized to\
             perform this operation. Application must have one of the following scopes:\
             DeviceManagementManagedDevices.PrivilegedOperations.All - Operation ID (for customer support):\
             00000000-0000-0000-0000-000000000000 - Activity ID: 5d4f0a0e-0000-4000-8000-00000000000a - Url:\
             https://fef.amsub0502.manage.microsoft.com/x\\",\\"CustomApiErrorPhrase\\":\\"\\"}",\
            "innerError":{"request-id":"r-403"}}}""";

    final ConnectorDatabase database = ConnectorDatabase.empty();
    final JsonMapper json = JsonMapper.shared();
    final Graph graph = graph(MICROSOFT.connector());

    @BeforeEach
    void reset() {
        MICROSOFT.reset();
        MICROSOFT.givesToken("t-1");
    }

    static void answers(ResponseDefinitionBuilder answer) {
        MICROSOFT.answers(post(BATCH).willReturn(answer));
    }

    static List<LoggedRequest> sent() {
        return MICROSOFT.server().findAll(postRequestedFor(urlEqualTo(BATCH)));
    }

    static String batch(String... items) {
        return "{\"responses\":[" + String.join(",", Arrays.asList(items)) + "]}";
    }

    static String item(ActionOrder order, int status, String body) {
        return "{\"id\":\"%s\",\"status\":%d,\"headers\":{}%s}".formatted(order.actionId(), status,
                body.isEmpty() ? "" : ",\"body\":" + body);
    }

    static Problem refused(Map<UUID, Submission> submissions) {
        return switch (submissions.get(A.actionId())) {
            case Submission.Refused(var problem, _) -> problem;
            case null, default -> throw new AssertionError(submissions.toString());
        };
    }

    static ActionOrder order(String device) {
        return new ActionOrder(UUID.nameUUIDFromBytes(device.getBytes(UTF_8)),
                new ActionCommand(ActionKind.SYNC_DEVICE, new DeviceId(device), "someone"), null);
    }

    Graph graph(Connector connector) {
        return new Graph(connector, new Graph.Access(tokens(connector), database.budget(connector)), null,
                MICROSOFT.trust(), json, Instant::now);
    }

    static AccessTokens tokens(Connector connector) {
        return new AccessTokens(connector, MICROSOFT.trust(), Instant::now);
    }
}
