package io.acmpintune.connector.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.acmpintune.model.action.ActionCommand;
import io.acmpintune.model.action.ActionKind;
import io.acmpintune.model.action.Notification;
import io.acmpintune.model.action.WipeOptions;

/**
 * The Graph request of an action. The same order always results in the same request, because Intune executes an approved action
 * only if the request is repeated identically.
 */
record ActionRequest(ApiVersion version, String path, Map<String, String> headers, Map<String, Object> body) {

    private static final String JUSTIFICATION = "x-msft-approval-justification";
    static final String APPROVAL_CODE = "x-msft-approval-code";
    private static final String UNLOCK_CODE = "macOsUnlockCode";

    ActionRequest {
        // not Map.copyOf: its order differs between processes
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    static ActionRequest of(ActionOrder order) {
        ActionCommand command = order.command();
        return new ActionRequest(version(command.kind()),
                "/deviceManagement/managedDevices/" + command.deviceId() + "/" + segment(command.kind()),
                headers(order), body(command));
    }

    /** Notifications exist only in beta. */
    private static ApiVersion version(ActionKind kind) {
        return switch (kind) {
            case SYNC_DEVICE, REMOTE_LOCK, RETIRE, WIPE -> ApiVersion.V1;
            case SEND_NOTIFICATION -> ApiVersion.BETA;
        };
    }

    private static String segment(ActionKind kind) {
        return switch (kind) {
            case SYNC_DEVICE -> "syncDevice";
            case REMOTE_LOCK -> "remoteLock";
            case RETIRE -> "retire";
            case WIPE -> "wipe";
            case SEND_NOTIFICATION -> "sendCustomNotificationToCompanyPortal";
        };
    }

    /**
     * Every action carries a justification: tenants without approvals ignore it, tenants with approvals require it. An approved action
     * carries its code instead, because users report that both together request another approval.
     */
    private static Map<String, String> headers(ActionOrder order) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        if (order.approvalCode() == null) {
            headers.put(JUSTIFICATION, Base64.getEncoder()
                    .encodeToString(justification(order).getBytes(StandardCharsets.UTF_8)));
        } else {
            headers.put(APPROVAL_CODE, order.approvalCode());
        }
        return headers;
    }

    /** Always far below Intune's limit of 1,024 characters. */
    private static String justification(ActionOrder order) {
        ActionCommand command = order.command();
        String reason = command.justification() == null || command.justification().isBlank()
                ? ""
                : command.justification().strip() + " – ";
        return reason + "ordered by " + command.requestedBy() + " through ACMP, action " + order.actionId();
    }

    private static Map<String, Object> body(ActionCommand command) {
        return switch (command.kind()) {
            case SYNC_DEVICE, REMOTE_LOCK, RETIRE -> Map.of();
            case WIPE -> wipe(Objects.requireNonNull(command.wipe(), "a wipe has options"));
            case SEND_NOTIFICATION -> notification(
                    Objects.requireNonNull(command.notification(), "a notification has a text"));
        };
    }

    private static Map<String, Object> wipe(WipeOptions options) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("keepEnrollmentData", options.keepEnrollmentData());
        body.put("keepUserData", options.keepUserData());
        body.put("persistEsimDataPlan", options.persistEsimDataPlan());
        if (options.macOsUnlockCode() != null) {
            body.put(UNLOCK_CODE, options.macOsUnlockCode());
        }
        return body;
    }

    private static Map<String, Object> notification(Notification text) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("notificationTitle", text.title());
        body.put("notificationBody", text.body());
        return body;
    }

    /** Returns values that must never appear in problems or logs. */
    Stream<String> secrets() {
        return Stream.ofNullable(body.get(UNLOCK_CODE)).map(String::valueOf);
    }

    /** The default would contain the unlock code. */
    @Override
    public String toString() {
        return "ActionRequest[" + version + " " + path + "]";
    }
}
