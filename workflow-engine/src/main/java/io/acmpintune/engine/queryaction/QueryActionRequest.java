package io.acmpintune.engine.queryaction;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import org.jspecify.annotations.Nullable;

/**
 * A query action, as ACMP or a caller of the API writes it. Unknown fields are refused: a filter without the misspelled field
 * would affect more devices.
 *
 * @param queryAction ACMP's name of the action
 * @param workflow the workflow that manages the clients; optional if there is only one
 * @param clientIds ACMP's ClientIds, with or without braces; at most 10,000
 * @param filter selects the clients, instead of {@code clientIds}
 * @param clientSet the clients that the filter has to find, as the preview returned them
 * @param parameters the parameters of the action
 * @param requestedBy the operator
 * @param justification why, for those who approve it
 * @param confirmed true if the operator has confirmed it; for destructive and large disruptive orders
 * @param confirmedCount the number of devices, repeated by the operator; likewise
 * @param unknown unknown fields, by name
 */
public record QueryActionRequest(@Nullable String queryAction, @Nullable String workflow,
        @Nullable List<@Nullable String> clientIds, @Nullable Filter filter, @Nullable String clientSet,
        @Nullable Parameters parameters, @Nullable String requestedBy, @Nullable String justification,
        @Nullable Boolean confirmed, @Nullable Integer confirmedCount,
        @JsonAnySetter @Nullable Map<String, @Nullable Object> unknown) {

    /**
     * Selects clients that match all given fields.
     *
     * @param workflow as in the request
     * @param search part of the name, the serial number or the user's name
     * @param operatingSystem as Intune writes it
     * @param clientType ACMP's, such as {@code ctAndroid}
     * @param compliance Intune's state of compliance; {@code unknown} also finds clients without one
     * @param ownership {@code company}, {@code personal} or {@code unknown}
     * @param lastSyncSince the earliest last check-in, such as {@code 2026-11-01T00:00:00Z}
     * @param lastSyncBefore the last check-in was before this
     * @param state as the list of clients has it; present where it is left out
     */
    public record Filter(@Nullable String workflow, @Nullable String search, @Nullable String operatingSystem,
            @Nullable String clientType, @Nullable String compliance, @Nullable String ownership,
            @Nullable String lastSyncSince, @Nullable String lastSyncBefore, @Nullable String state,
            @JsonAnySetter @Nullable Map<String, @Nullable Object> unknown) {}

    /**
     * The parameters of the action.
     *
     * @param title of a notification; 1 to 50 characters
     * @param body of a notification; 1 to 500 characters
     * @param keepEnrollmentData for a wipe; false by default, and likewise for the others
     * @param macOsUnlockCode PIN of six digits that a Mac asks for after a wipe; a secret
     */
    public record Parameters(@Nullable String title, @Nullable String body, @Nullable Boolean keepEnrollmentData,
            @Nullable Boolean keepUserData, @Nullable Boolean persistEsimDataPlan, @Nullable String macOsUnlockCode,
            @JsonAnySetter @Nullable Map<String, @Nullable Object> unknown) {

        static final Parameters NONE = new Parameters(null, null, null, null, null, null, null);

        @Override
        public String toString() {
            return "Parameters[…]";
        }
    }
}
