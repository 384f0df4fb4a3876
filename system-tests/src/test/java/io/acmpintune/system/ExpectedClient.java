package io.acmpintune.system;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/**
 * The expected client record of a device that the engine created in ACMP, computed as in {@link ExpectedMobileDevice}.
 */
final class ExpectedClient {

    private static final Map<String, String> TYPES = Map.of("android", "ctAndroid", "androidforwork", "ctAndroid",
            "androidenterprise", "ctAndroid", "androidaosp", "ctAndroid", "ios", "ctIOS", "ipados", "ctIOS", "macos",
            "ctMacOS", "windows", "ctWindows", "linux", "ctLinux");

    private ExpectedClient() {}

    static Map<String, String> of(String clientId, JsonNode device) {
        Map<String, String> mobileDevice = ExpectedMobileDevice.of(device);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ClientId", clientId);
        fields.put("ComputerName", Stream.of("DeviceName", "ManagedDeviceName", "IntuneDeviceId")
                .map(field -> mobileDevice.getOrDefault(field, ""))
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElseThrow());
        fields.put("ComputerDomain", domain(device));
        fields.put("MacAddress", device.path("wiFiMacAddress").asString(""));
        fields.put("ActiveDirectoryObjectId", mobileDevice.getOrDefault("EntraDeviceId", ""));
        fields.put("ClientType", TYPES.getOrDefault(
                device.path("operatingSystem").asString("").toLowerCase(Locale.ROOT), "ctOther"));
        return fields;
    }

    /** Returns the domain of the user's name, or "". */
    static String domain(JsonNode device) {
        String user = device.path("userPrincipalName").asString("");
        return user.contains("@") ? user.substring(user.lastIndexOf('@') + 1) : "";
    }
}
