package io.acmpintune.simulator.graph;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ObjectNode;

/**
 * Multi Admin Approval: holds protected actions until an administrator has approved them and the same application sends
 * the same request again. Sources: Microsoft's article and reports of users who completed requests.
 */
final class Approvals {

    static final String CODE = "x-msft-approval-code";
    static final String JUSTIFICATION = "x-msft-approval-justification";

    private static final Duration LIFETIME = Duration.ofDays(3);
    private static final int LONGEST_JUSTIFICATION = 1024;
    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final InstantSource clock;
    private final Map<String, Approval> byCode = new LinkedHashMap<>();
    private final EnumSet<Action> guarded = EnumSet.noneOf(Action.class);
    private ApprovalStyle style = ApprovalStyle.observed();

    Approvals(InstantSource clock) {
        this.clock = clock;
    }

    /** The decision on a request for an action. */
    sealed interface Ruling {

        /** The action is not protected. */
        record Free() implements Ruling {}

        /** The request is approved; its execution must call {@link #complete}. */
        record Approved(String code) implements Ruling {}

        record Refused(int status, String code, String message) implements Ruling {}

        /** A request for approval has been filed. */
        record Filed(Approval approval, ApprovalStyle style) implements Ruling {}
    }

    synchronized void protect(Collection<Action> actions, ApprovalStyle newStyle) {
        guarded.clear();
        guarded.addAll(actions);
        style = newStyle;
    }

    synchronized ApprovalStyle style() {
        return style;
    }

    /** Returns all requests in their current state, oldest first. */
    synchronized List<Approval> all() {
        Instant now = clock.instant();
        byCode.replaceAll((code, approval) -> approval.at(now));
        return List.copyOf(byCode.values());
    }

    /** @throws IllegalArgumentException if there is no such request, or it is no longer open */
    synchronized void decide(String code, Approval.Status status) {
        Approval approval = all().stream()
                .filter(a -> a.code().equalsIgnoreCase(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no request for approval " + code));
        if (!approval.status().open()) {
            throw new IllegalArgumentException("request " + code + " is " + approval.status().word() + " already");
        }
        byCode.put(approval.code(), approval.with(status));
    }

    synchronized void complete(String code) {
        decide(code, Approval.Status.COMPLETED);
    }

    synchronized Ruling rule(GraphCall call, ActionRequest order) {
        if (!guarded.contains(order.action())) {
            return new Ruling.Free();
        }
        // Users report that a call with both headers files a new request.
        Optional<String> justification = call.request().header(JUSTIFICATION);
        Optional<String> code = call.request().header(CODE);
        if (justification.isEmpty() && code.isPresent()) {
            return completion(call, order, code.get());
        }
        return justification.map(text -> request(call, order, text))
                .orElseGet(() -> badRequest("Header '" + JUSTIFICATION + "' is required to request approval"));
    }

    private Ruling completion(GraphCall call, ActionRequest order, String code) {
        if (!GUID.matcher(code).matches()) {
            return badRequest("Invalid approval header format, expected GUID format");
        }
        // Users report a 403 without details, whatever is wrong with a code.
        return all().stream()
                .filter(approval -> approval.code().equalsIgnoreCase(code))
                .filter(approval -> approval.permits(order, call.application()))
                .findFirst()
                .<Ruling>map(approval -> new Ruling.Approved(approval.code()))
                .orElseGet(() -> new Ruling.Refused(403, "Forbidden", "An error has occurred"));
    }

    private Ruling request(GraphCall call, ActionRequest order, String encoded) {
        String justification;
        try {
            justification = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return badRequest("Invalid '" + JUSTIFICATION + "' header format, expected Base64 format");
        }
        if (justification.isBlank()) {
            return badRequest("Header '" + JUSTIFICATION + "' is required to request approval");
        }
        if (justification.length() > LONGEST_JUSTIFICATION) {
            return badRequest("Decoded content of '" + JUSTIFICATION + "' header must be no greater than "
                    + LONGEST_JUSTIFICATION + " characters");
        }
        if (all().stream().anyMatch(approval -> approval.status().open() && approval.concerns(order))) {
            return new Ruling.Refused(409, "Conflict", "An active Approval Request already exists for this entity");
        }
        return new Ruling.Filed(file(call, order, justification), style);
    }

    private Approval file(GraphCall call, ActionRequest order, String justification) {
        Instant now = clock.instant();
        ObjectNode parameters = order.parameters();
        var approval = new Approval(UUID.randomUUID().toString(), call.application(), order.device().id(),
                order.action().segment(), parameters, justification, now, now.plus(LIFETIME),
                Approval.Status.NEEDS_APPROVAL);
        byCode.put(approval.code(), approval);
        return approval;
    }

    private static Ruling badRequest(String message) {
        return new Ruling.Refused(400, "BadRequest", message);
    }
}
