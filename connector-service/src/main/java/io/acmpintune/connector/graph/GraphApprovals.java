package io.acmpintune.connector.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads Intune's approval requests ({@code operationApprovalRequests}, beta only). */
public final class GraphApprovals {

    private static final String PATH = "/deviceManagement/operationApprovalRequests";
    /** Far more than the approval requests of Intune's three days. */
    private static final int MAX_PAGES = 20;

    private final BatchReader batches;
    private final JsonMapper json;

    GraphApprovals(BatchReader batches, JsonMapper json) {
        this.batches = batches;
        this.json = json;
    }

    /**
     * Reads the status of approval requests.
     *
     * @param codes at most 20
     */
    public Map<String, ApprovalStatus> statuses(List<String> codes) {
        Batch batch = new Batch(ApiVersion.BETA, json);
        codes.forEach(code -> batch.get(code, PATH + "?$filter=requestId%20eq%20'" + code + "'"));
        Map<String, ApprovalStatus> statuses = new LinkedHashMap<>();
        batches.read(batch, codes, "the approval request")
                .forEach((code, answer) -> statuses.put(code, switch (answer) {
                    case BatchReader.Answer.Item(var item) when item.status() == 200 ->
                        ApprovalParser.status(code, item.body());
                    case BatchReader.Answer.Item(var item) -> new ApprovalStatus.Unreadable(batches.problem(item));
                    case BatchReader.Answer.Refused(var problem) -> new ApprovalStatus.Unreadable(problem);
                    case BatchReader.Answer.None(var problem) -> new ApprovalStatus.Unreadable(problem);
                }));
        return statuses;
    }

    /** Searches the approval request of an action whose answer was lost, by the action's id in its justification. */
    public ApprovalSearch find(UUID action) {
        List<JsonNode> requests = new ArrayList<>();
        String path = PATH;
        for (int page = 0; page < MAX_PAGES; page++) {
            Batch batch = new Batch(ApiVersion.BETA, json);
            batch.get(action.toString(), path);
            JsonNode body;
            switch (batches.read(batch, List.of(action.toString()), "the approval requests").get(action.toString())) {
                case BatchReader.Answer.Item(var item) when item.status() == 200 -> body = item.body();
                case BatchReader.Answer.Item(var item) when item.status() == 429 || item.status() >= 500 -> {
                    return new ApprovalSearch.Unreadable(batches.problem(item));
                }
                case BatchReader.Answer.None(var problem) -> {
                    return new ApprovalSearch.Unreadable(problem);
                }
                // the application may not see approval requests
                case BatchReader.Answer.Item _,BatchReader.Answer.Refused _ -> {
                    return new ApprovalSearch.None();
                }
                case null -> throw new IllegalStateException("every item read has an answer");
            }
            body.path("value").forEach(requests::add);
            String next = body.path("@odata.nextLink").asString("");
            if (next.isEmpty()) {
                return ApprovalParser.newestOf(action, requests)
                        .<ApprovalSearch>map(ApprovalSearch.Found::new)
                        .orElseGet(ApprovalSearch.None::new);
            }
            int start = next.indexOf(PATH);
            if (start < 0) {
                return unreadable("the next page of approval requests has a foreign address");
            }
            // batch addresses are relative to the version
            path = next.substring(start);
        }
        return unreadable("the list of approval requests has more than " + MAX_PAGES + " pages");
    }

    private static ApprovalSearch unreadable(String reason) {
        return new ApprovalSearch.Unreadable(GraphError.noAnswer(reason).toProblem());
    }
}
