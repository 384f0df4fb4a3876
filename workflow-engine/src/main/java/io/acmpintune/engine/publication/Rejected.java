package io.acmpintune.engine.publication;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.mapping.ChosenVersion;

/**
 * ACMP's refusal of a command.
 *
 * @param command the command, when it saves records; null = it names clients only
 * @param version the version in which it was sent; null as the command
 */
record Rejected(AcmpReply.Refused<?> reply, @Nullable RecordCommand command,
        @Nullable ChosenVersion version) {

    boolean isForWantOfLicences() {
        return reply.code() == ResultCode.Known.LICENCES_EXHAUSTED;
    }

    String reason() {
        return isForWantOfLicences() ? "No ACMP licence: " + reply.text() : reply.text();
    }

    /** As the refusal of one client. What was sent is kept for a person to look at, but where a licence is all that is missing. */
    Refusal of(Outgoing client) {
        return new Refusal(reply.code().number(), reason(), isForWantOfLicences() ? null : request(client));
    }

    private @Nullable String request(Outgoing client) {
        return command == null || version == null
                ? null
                : command.requestText(version.version(), version.ordered(switch (command) {
                    case SAVE_CLIENTS -> client.clientToSend();
                    case SAVE_MOBILE_DEVICES -> client.mobileDeviceToSend();
                }));
    }
}
