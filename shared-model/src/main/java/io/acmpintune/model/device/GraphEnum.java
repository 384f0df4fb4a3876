package io.acmpintune.model.device;

/** One of Graph's enums, as a text that survives members which Graph did not declare when this was written. */
public sealed interface GraphEnum permits ActionResultState, ComplianceState, EnrollmentType, ExchangeAccessState,
        ExchangeAccessStateReason, ManagementAgent, ManagementState, OwnerType, RegistrationState, ThreatState {

    /** The member as Graph writes it. */
    String value();
}
