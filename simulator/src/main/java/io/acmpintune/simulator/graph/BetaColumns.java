package io.acmpintune.simulator.graph;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import tools.jackson.core.JsonGenerator;

/**
 * The properties that only beta has, each with its empty value. v1.0 refuses them. Source: Microsoft's beta SDK of
 * August 2026.
 */
final class BetaColumns {

    private static final String NULL = "null";
    private static final String NO_DATE = "\"0001-01-01T00:00:00Z\"";
    private static final String UNKNOWN = "\"unknown\"";

    /** Property to its JSON text. */
    private static final Map<String, String> EMPTY = new TreeMap<>(Map.ofEntries(Map.entry("aadRegistered", NULL),
            Map.entry("autopilotEnrolled", "false"), Map.entry("azureActiveDirectoryDeviceId", NULL),
            Map.entry("bootstrapTokenEscrowed", "false"), Map.entry("chassisType", UNKNOWN),
            Map.entry("chromeOSDeviceInfo", "[]"), Map.entry("cloudPcRemoteActionResults", "[]"),
            Map.entry("configurationManagerClientHealthState", NULL),
            Map.entry("configurationManagerClientInformation", NULL),
            Map.entry("deviceFirmwareConfigurationInterfaceManaged", "false"), Map.entry("deviceType", UNKNOWN),
            Map.entry("enrolledByUserPrincipalName", NULL), Map.entry("hardwareInformation", NULL),
            Map.entry("joinType", UNKNOWN), Map.entry("lostModeState", "\"disabled\""),
            Map.entry("managementFeatures", "\"none\""), Map.entry("ownerType", UNKNOWN),
            Map.entry("preferMdmOverGroupPolicyAppliedDateTime", NO_DATE), Map.entry("processorArchitecture", UNKNOWN),
            Map.entry("retireAfterDateTime", NO_DATE), Map.entry("roleScopeTagIds", "[]"),
            Map.entry("securityPatchLevel", NULL), Map.entry("skuFamily", "\"\""), Map.entry("skuNumber", "0"),
            Map.entry("specificationVersion", "\"\""), Map.entry("usersLoggedOn", "[]"),
            Map.entry("windowsActiveMalwareCount", "0"), Map.entry("windowsRemediatedMalwareCount", "0")));

    private BetaColumns() {}

    static Set<String> names() {
        return EMPTY.keySet();
    }

    static void write(JsonGenerator json, Iterable<String> names) {
        for (String name : names) {
            json.writeName(name);
            json.writeRawValue(EMPTY.getOrDefault(name, NULL));
        }
    }
}
