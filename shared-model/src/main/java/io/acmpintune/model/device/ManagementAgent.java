package io.acmpintune.model.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Intune's {@code managementAgent}: the members that Graph v1.0 declares, and any other that a tenant answers, by its
 * text.
 */
public record ManagementAgent(@JsonValue String value) implements GraphEnum {
    public static final ManagementAgent EAS = new ManagementAgent("eas");
    public static final ManagementAgent MDM = new ManagementAgent("mdm");
    public static final ManagementAgent EAS_MDM = new ManagementAgent("easMdm");
    public static final ManagementAgent INTUNE_CLIENT = new ManagementAgent("intuneClient");
    public static final ManagementAgent EAS_INTUNE_CLIENT = new ManagementAgent("easIntuneClient");
    public static final ManagementAgent CONFIGURATION_MANAGER_CLIENT = new ManagementAgent(
            "configurationManagerClient");
    public static final ManagementAgent CONFIGURATION_MANAGER_CLIENT_MDM = new ManagementAgent(
            "configurationManagerClientMdm");
    public static final ManagementAgent CONFIGURATION_MANAGER_CLIENT_MDM_EAS = new ManagementAgent(
            "configurationManagerClientMdmEas");
    public static final ManagementAgent UNKNOWN = new ManagementAgent("unknown");
    public static final ManagementAgent JAMF = new ManagementAgent("jamf");
    public static final ManagementAgent GOOGLE_CLOUD_DEVICE_POLICY_CONTROLLER = new ManagementAgent(
            "googleCloudDevicePolicyController");
    public static final ManagementAgent MICROSOFT365_MANAGED_MDM = new ManagementAgent("microsoft365ManagedMdm");
    public static final ManagementAgent MS_SENSE = new ManagementAgent("msSense");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ManagementAgent {
        if (value.isBlank()) {
            throw new IllegalArgumentException("managementAgent is blank");
        }
    }
}
