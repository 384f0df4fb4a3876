package io.acmpintune.engine.verification;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.acmpintune.engine.acmp.CommandVersions;
import io.acmpintune.model.verification.ConnectionReport.Outcome;

/** The commands of ACMP's Public API that the engine sends, and the consequence if one is missing. */
enum RequiredCommand {
    SAVE_CLIENTS("SaveClients", Outcome.FAILED, "no client can be created or updated"),
    SAVE_MOBILE_DEVICES("SaveMobileDevices", Outcome.FAILED, "no mobile-device data can be stored"),
    GET_CLIENT_ID("GetClientId", Outcome.WARNING,
            "clients that ACMP already has are not found before they are saved, so they may be created again"),
    DELETE_CLIENTS("DeleteClients", Outcome.WARNING, "clients of removed devices cannot be deleted in ACMP");

    private final String command;
    private final Outcome whenMissing;
    private final String consequence;

    RequiredCommand(String command, Outcome whenMissing, String consequence) {
        this.command = command;
        this.whenMissing = whenMissing;
        this.consequence = consequence;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(needed -> needed.command).toList();
    }

    boolean isMissingIn(CommandVersions versions) {
        return versions.byCommand().getOrDefault(command, Collections.emptySortedSet()).isEmpty();
    }

    Outcome whenMissing() {
        return whenMissing;
    }

    /** The command and the consequence of its absence. */
    String consequence() {
        return command + " (" + consequence + ")";
    }
}
