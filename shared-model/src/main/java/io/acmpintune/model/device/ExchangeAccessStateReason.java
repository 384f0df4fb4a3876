package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code exchangeAccessStateReason}: the members that Graph v1.0 declares, and any other that a tenant
 * answers, by its text.
 */
public record ExchangeAccessStateReason(@JsonValue String value) implements GraphEnum {
    public static final ExchangeAccessStateReason NONE = new ExchangeAccessStateReason("none");
    public static final ExchangeAccessStateReason UNKNOWN = new ExchangeAccessStateReason("unknown");
    public static final ExchangeAccessStateReason EXCHANGE_GLOBAL_RULE = new ExchangeAccessStateReason(
            "exchangeGlobalRule");
    public static final ExchangeAccessStateReason EXCHANGE_INDIVIDUAL_RULE = new ExchangeAccessStateReason(
            "exchangeIndividualRule");
    public static final ExchangeAccessStateReason EXCHANGE_DEVICE_RULE = new ExchangeAccessStateReason(
            "exchangeDeviceRule");
    public static final ExchangeAccessStateReason EXCHANGE_UPGRADE = new ExchangeAccessStateReason("exchangeUpgrade");
    public static final ExchangeAccessStateReason EXCHANGE_MAILBOX_POLICY = new ExchangeAccessStateReason(
            "exchangeMailboxPolicy");
    public static final ExchangeAccessStateReason OTHER = new ExchangeAccessStateReason("other");
    public static final ExchangeAccessStateReason COMPLIANT = new ExchangeAccessStateReason("compliant");
    public static final ExchangeAccessStateReason NOT_COMPLIANT = new ExchangeAccessStateReason("notCompliant");
    public static final ExchangeAccessStateReason NOT_ENROLLED = new ExchangeAccessStateReason("notEnrolled");
    public static final ExchangeAccessStateReason UNKNOWN_LOCATION = new ExchangeAccessStateReason("unknownLocation");
    public static final ExchangeAccessStateReason MFA_REQUIRED = new ExchangeAccessStateReason("mfaRequired");
    public static final ExchangeAccessStateReason AZURE_AD_BLOCK_DUE_TO_ACCESS_POLICY = new ExchangeAccessStateReason(
            "azureADBlockDueToAccessPolicy");
    public static final ExchangeAccessStateReason COMPROMISED_PASSWORD = new ExchangeAccessStateReason(
            "compromisedPassword");
    public static final ExchangeAccessStateReason DEVICE_NOT_KNOWN_WITH_MANAGED_APP = new ExchangeAccessStateReason(
            "deviceNotKnownWithManagedApp");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExchangeAccessStateReason {
        if (value.isBlank()) {
            throw new IllegalArgumentException("exchangeAccessStateReason is blank");
        }
    }
}
