package io.acmpintune.model.device;

/** A Graph enum as text, so that members that Graph adds later are kept. */
public sealed interface GraphEnum permits ActionResultState, ComplianceState, EnrollmentType, ExchangeAccessState,
        ExchangeAccessStateReason, ManagementAgent, ManagementState, OwnerType, RegistrationState, ThreatState {

    /** Returns the member as Graph writes it. */
    String value();
}
