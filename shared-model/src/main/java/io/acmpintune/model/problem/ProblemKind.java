package io.acmpintune.model.problem;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Kinds of problems. The text of a kind is part of the wire protocol and never changes its meaning; {@code docs/troubleshooting.md}
 * explains each.
 */
public enum ProblemKind {

    // Requests
    INVALID_REQUEST("invalid-request", "Invalid request", 400),
    UNAUTHORIZED("unauthorized", "Not authenticated", 401),
    FORBIDDEN("forbidden", "Forbidden", 403),
    UNKNOWN_ADDRESS("unknown-address", "Unknown address", 404),
    METHOD_NOT_ALLOWED("method-not-allowed", "Method not allowed", 405),
    NOT_ACCEPTABLE("not-acceptable", "Not acceptable", 406),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Unsupported media type", 415),
    BODY_TOO_LARGE("body-too-large", "Body too large", 413),
    TOO_MANY_REQUESTS("too-many-requests", "Too many requests", 429),
    TOO_MANY_STREAMS("too-many-streams", "Too many open requests", 429),
    REQUEST_REJECTED("request-rejected", "Request rejected", 0),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", "Idempotency key already used", 409),
    DATABASE_UNAVAILABLE("database-unavailable", "Database unavailable", 503),
    INTERNAL_ERROR("internal-error", "Internal error", 500),

    // Things that do not exist
    UNKNOWN_WORKFLOW("unknown-workflow", "Unknown workflow", 404),
    UNKNOWN_CLIENT("unknown-client", "Unknown client", 404),
    UNKNOWN_DEVICE("unknown-device", "Unknown device", 404),
    UNKNOWN_RUN("unknown-run", "Unknown run", 404),
    UNKNOWN_HOLD("unknown-hold", "Unknown hold", 404),
    UNKNOWN_REMOVAL_HOLD("unknown-removal-hold", "Unknown removal hold", 404),
    UNKNOWN_JOB("unknown-job", "Unknown job", 404),
    UNKNOWN_TARGET("unknown-target", "Unknown target", 404),
    UNKNOWN_QUERY_ACTION("unknown-query-action", "Unknown query action", 404),
    UNKNOWN_APPROVAL("unknown-approval", "Unknown approval request", 404),
    UNKNOWN_DELIVERY("unknown-delivery", "Unknown delivery", 404),
    UNKNOWN_WEBHOOK("unknown-webhook", "Unknown webhook", 409),
    UNKNOWN_AUDIT_ENTRY("unknown-audit-entry", "Unknown audit entry", 404),
    UNKNOWN_CONNECTOR("unknown-connector", "Unknown connector", 404),
    UNKNOWN_ACTION("unknown-action", "Unknown action", 404),

    // Devices and clients
    DEVICE_GONE("device-gone", "Device no longer in Intune", 404),
    NO_DEVICE("no-device", "No device in Intune", 404),
    DEVICE_MISMATCH("device-mismatch", "Not the expected device", 0),
    EXPECTED_DEVICE_MISSING("expected-device-missing", "Expected device missing", 0),
    MATCH_CONFLICT("match-conflict", "Unresolved match conflict", 0),
    INVALID_DECISION("invalid-decision", "Invalid decision", 400),
    CLIENT_TAKEN("client-taken", "Client belongs to another device", 409),
    NOTHING_DECIDED("nothing-decided", "Nothing to undo", 409),
    HOLD_DECIDED("hold-decided", "Hold already decided", 409),
    HOLD_CHANGED("hold-changed", "Hold changed", 409),

    // Ordering query actions
    INVALID_QUERY_ACTION("invalid-query-action", "Invalid query action", 400),
    CLIENT_SET_CHANGED("client-set-changed", "Clients changed since the preview", 409),
    TOO_MANY_CLIENTS("too-many-clients", "Too many clients", 409),
    PLATFORM_NOT_SUPPORTED("platform-not-supported", "Not supported on this platform", 0),
    ACTION_IN_PROGRESS("action-in-progress", "Action already in progress", 0),
    ACTION_DISABLED("action-disabled", "Action disabled", 0),
    UNLOCK_CODE_UNREADABLE("unlock-code-unreadable", "Unlock code unreadable", 0),
    CANCELLED("cancelled", "Cancelled", 0),
    JOB_FINISHED("job-finished", "Job finished", 409),
    JOB_NOT_FINISHED("job-not-finished", "Job not finished", 409),
    NOTHING_TO_RETRY("nothing-to-retry", "Nothing to retry", 409),
    NO_DECISION_NEEDED("no-decision-needed", "No decision needed", 409),
    RESEND_NOT_ALLOWED("resend-not-allowed", "Resend not allowed", 409),

    // Safety
    APPROVAL_REQUIRED("approval-required", "Approval required", 0),
    APPROVAL_DENIED("approval-denied", "Approval denied", 0),
    APPROVAL_EXPIRED("approval-expired", "Approval expired", 0),
    APPROVAL_CLOSED("approval-closed", "Approval request closed", 409),
    SECOND_PERSON_REQUIRED("second-person-required", "Second person required", 403),
    ADMINISTRATOR_FIRST("administrator-first", "Administrator must ask first", 403),
    ORDER_NOT_ADMITTED("order-not-admitted", "Order not admitted", 409),
    SAFETY_LIMIT_REACHED("safety-limit-reached", "Safety limit reached", 409),
    AUDIT_VERIFICATION_RUNNING("audit-verification-running", "Audit verification running", 429),
    EMERGENCY_STOP("emergency-stop", "Emergency stop", 409),
    NOT_STOPPED("not-stopped", "Not stopped", 409),
    STOP_NOT_STORED("stop-not-stored", "Emergency stop not stored yet", 503),
    STOP_SUPERSEDED("stop-superseded", "Later stop in force", 0),
    ACTIONS_LOCKED("actions-locked", "Actions locked", 409),
    NOT_LOCKED("not-locked", "Not locked", 409),
    NOT_REVOKED("not-revoked", "Access not revoked", 409),
    CLOCK_WENT_BACK("clock-went-back", "Clock went back", 409),
    CLOCKS_DIFFER("clocks-differ", "Clocks differ", 409),
    DAILY_LIMIT("daily-limit", "Daily limit of Intune reached", 429),
    CAP_REACHED("cap-reached", "Connector cap reached", 429),

    // Actions in Intune
    ACTION_STATE("action-state", "Wrong state of the action", 409),
    ANSWER_LOST("answer-lost", "Intune's answer was lost", 0),
    OUTCOME_UNKNOWN("outcome-unknown", "Outcome unknown", 0),
    ACTION_EXPIRED("action-expired", "Action expired", 0),
    DEVICE_UNSUPPORTED("device-unsupported", "Not supported by the device", 0),
    DEVICE_FAILED("device-failed", "Failed on the device", 0),
    DEVICE_SILENT("device-silent", "Device did not respond", 0),
    DEVICE_UNREADABLE("device-unreadable", "Device state unreadable", 0),
    APPROVAL_REJECTED("approval-rejected", "Rejected in Intune", 0),
    APPROVAL_CANCELLED("approval-cancelled", "Approval request cancelled in Intune", 0),
    APPROVAL_NOT_FOUND("approval-not-found", "Approval request not found in Intune", 0),
    APPROVAL_NOT_POSSIBLE("approval-not-possible", "Intune requires an approval without a code", 0),
    APPROVAL_UNCLEAR("approval-unclear", "Unknown approval status in Intune", 0),
    APPROVAL_UNREAD("approval-unread", "Approval status unreadable", 0),
    UNLOCK_PIN_FORBIDDEN("unlock-pin-forbidden", "Unlock PIN of another person", 403),
    NO_UNLOCK_PIN("no-unlock-pin", "No unlock PIN", 404),
    UNLOCK_PIN_SHOWN("unlock-pin-shown", "Unlock PIN already shown", 409),
    UNLOCK_PIN_UNREADABLE("unlock-pin-unreadable", "Unlock PIN unreadable", 502),

    // Entra, Graph and Intune
    INVALID_CONNECTOR("invalid-connector", "Invalid connector", 400),
    CREDENTIAL_UNUSABLE("credential-unusable", "Credential unusable", 0),
    ENTRA_UNREACHABLE("entra-unreachable", "Entra unreachable", 0),
    ENTRA_REFUSED("entra-refused", "Entra refused the sign-in", 0),
    GRAPH_UNREACHABLE("graph-unreachable", "Graph unreachable", 0),
    GRAPH_UNAUTHORIZED("graph-unauthorized", "Graph rejected the access token", 401),
    GRAPH_FORBIDDEN("graph-forbidden", "Graph denied access", 403),
    GRAPH_UNKNOWN_DEVICE("graph-unknown-device", "Device not found in Intune", 404),
    GRAPH_THROTTLED("graph-throttled", "Graph throttled", 429),
    GRAPH_FAILING("graph-failing", "Graph failing", 0),
    GRAPH_REFUSED("graph-refused", "Graph rejected the request", 0),
    GRAPH_ENDLESS_LIST("graph-endless-list", "Endless device list", 0),
    SCAN_INTERRUPTED("scan-interrupted", "Scan interrupted", 0),

    // Connections between the services and to ACMP
    CONNECTOR_UNREACHABLE("connector-unreachable", "Connector-service unreachable", 0),
    CONNECTOR_TIMEOUT("connector-timeout", "Connector-service timed out", 0),
    CONNECTOR_REJECTS_TOKEN("connector-rejects-token", "Connector-service rejected the token", 401),
    CONNECTOR_FAILING("connector-failing", "Connector-service failing", 0),
    CONNECTOR_INCOMPATIBLE("connector-incompatible", "Connector-service answer unreadable", 0),
    ACMP_SERVER_UNAVAILABLE("acmp-server-unavailable", "ACMP server unavailable", 0),

    /** A kind that this version does not know: a newer service sent it. Never sent itself. */
    UNRECOGNIZED("unrecognized", "Unrecognized problem", 0);

    private static final Map<String, ProblemKind> BY_TEXT = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ProblemKind::text, Function.identity()));

    private final String text;
    private final String title;
    private final int status;

    ProblemKind(String text, String title, int status) {
        this.text = text;
        this.title = title;
        this.status = status;
    }

    /** Returns the kind with this text, or {@link #UNRECOGNIZED}. */
    public static ProblemKind parse(String text) {
        return BY_TEXT.getOrDefault(text, UNRECOGNIZED);
    }

    /** Returns the text of the kind on the wire, such as {@code unknown-device}. */
    public String text() {
        return text;
    }

    public String title() {
        return title;
    }

    /** Returns the usual HTTP status; 0 for a kind that is no HTTP answer, or whose status depends on the occurrence. */
    public int status() {
        return status;
    }
}
