package io.acmpintune.connector.graph;

import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

/** Reading Intune's approval requests. */
class GraphApprovalsTest extends ScriptedGraph {

    @Test
    void approvalsAreFoundByTheirCodeEvenWhenGraphIgnoresTheFilter() {
        MICROSOFT.answers(post("/beta/$batch").willReturn(
                okJson("""
                        {"responses":[
                         {"id":"c-1","status":200,"body":{"value":[{"requestId":"x","status":"approved"},
                           {"requestId":"C-1","status":"rejected","approvalJustification":"not this one"}]}},
                         {"id":"c-2","status":200,"body":{"value":[{"id":"c-2","status":"approved"}]}},
                         {"id":"c-3","status":200,"body":{"value":[]}},
                         {"id":"c-4","status":403,"body":{"error":{"code":"Forbidden","message":"DeviceManagementRBAC.Read.All"}}},
                         {"id":"c-5","status":200,"body":{"value":[{"id":"c-5","status":"needsApproval"}]}}]}
                        """)));

        Map<String, ApprovalStatus> looks = graph.approvals()
                .statuses(List.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6"));

        assertThat(looks.get("c-1")).isEqualTo(new ApprovalStatus.Rejected("not this one"));
        assertThat(looks.get("c-2")).isEqualTo(new ApprovalStatus.Approved(null));
        assertThat(looks.get("c-5")).isEqualTo(new ApprovalStatus.Waiting());
        assertThat(List.of("c-3", "c-4", "c-6")).allSatisfy(
                code -> assertThat(looks.get(code)).isInstanceOf(ApprovalStatus.Unreadable.class));
    }

    @Test
    void theApprovalOfAnActionIsFoundByTheIdInItsJustification() {
        String justification = "ordered by someone through ACMP, action " + A.actionId();
        MICROSOFT.answers(post("/beta/$batch").willReturn(
                okJson("""
                        {"responses":[{"id":"%s","status":200,"body":{"value":[
                          {"id":"c-1","status":"expired","requestJustification":"%s","requestDateTime":"2026-11-20T12:00:00Z"},
                          {"requestId":"c-2","status":"needsApproval","requestJustification":"%s","requestDateTime":"2026-11-21T12:00:00Z"},
                          {"requestId":"c-3","status":"approved","requestJustification":"another","requestDateTime":"2026-11-22T12:00:00Z"}]}}]}
                        """
                        .formatted(A.actionId(), justification, justification))));

        assertThat(graph.approvals().find(A.actionId())).isEqualTo(
                new ApprovalSearch.Found(new ApprovalRequest("c-2", new ApprovalStatus.Waiting())));
    }

    @Test
    void theApprovalRequestOfAnActionIsSearchedOnEveryPage() {
        String page = """
                {"responses":[{"id":"%s","status":200,"body":{%s"value":[
                  {"requestId":"%s","status":"needsApproval","requestJustification":"action %s","requestDateTime":"2026-11-%s"}]}}]}
                """;
        String next = "\"@odata.nextLink\":\"https://graph.example/beta/deviceManagement/operationApprovalRequests"
                + "?$skiptoken=p2\",";
        MICROSOFT.answers(post("/beta/$batch")
                .willReturn(okJson(page.formatted(A.actionId(), next, "c-1", "another", "20T12:00:00Z"))));
        MICROSOFT.answers(post("/beta/$batch")
                .withRequestBody(containing("\"/deviceManagement/operationApprovalRequests?$skiptoken=p2\""))
                .willReturn(okJson(page.formatted(A.actionId(), "", "c-2", A.actionId(), "19T12:00:00Z"))));

        assertThat(graph.approvals().find(A.actionId())).isEqualTo(
                new ApprovalSearch.Found(new ApprovalRequest("c-2", new ApprovalStatus.Waiting())));
    }

    @Test
    void endlessOrForeignPagesOfApprovalRequestsAreUnreadable() {
        for (String link : List.of(
                "https://graph.example/beta/deviceManagement/operationApprovalRequests?$skiptoken=p2",
                "https://graph.example/beta/somewhere/else")) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(okJson("""
                    {"responses":[{"id":"%s","status":200,"body":{"@odata.nextLink":"%s","value":[]}}]}
                    """.formatted(A.actionId(), link))));

            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isInstanceOf(ApprovalSearch.Unreadable.class);
        }
    }

    @Test
    void temporarilyUnreadableApprovalRequestsAreNotTakenForNone() {
        String item = "{\"responses\":[{\"id\":\"" + A.actionId() + "\",\"status\":%d,\"body\":%s}]}";
        for (ResponseDefinitionBuilder passing : List.of(okJson(item.formatted(503, "\"\"")),
                okJson(item.formatted(429, "{}")), okJson("{\"responses\":[]}"), aResponse().withStatus(502),
                aResponse().withStatus(429), aResponse().withFault(Fault.EMPTY_RESPONSE))) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(passing));
            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isInstanceOf(ApprovalSearch.Unreadable.class);
        }
        for (ResponseDefinitionBuilder lasting : List.of(okJson(item.formatted(403, FORBIDDEN)),
                okJson(item.formatted(200, "{\"value\":[]}")), aResponse().withStatus(403))) {
            MICROSOFT.answers(post("/beta/$batch").willReturn(lasting));
            assertThat(graph(MICROSOFT.connector()).approvals().find(A.actionId()))
                    .isEqualTo(new ApprovalSearch.None());
        }
    }
}
