package io.acmpintune.system;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** The client record that ACMP should have of a device which we created there, worked out as in {@link ExpectedMobileDevice}. */
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

    /** Who knows no more of a device than these two may take it for another one of the same name. */
    static String domain(JsonNode device) {
        String user = device.path("userPrincipalName").asString("");
        return user.contains("@") ? user.substring(user.lastIndexOf('@') + 1) : "";
    }
}
