package io.acmpintune.engine.publication;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.AcmpReply;
import io.acmpintune.engine.acmp.icql.RecordCommand;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.mapping.ChosenVersion;

/**
 * A command that ACMP has refused.
 *
 * @param command null = not a command that saves records
 * @param version the version in which it was sent; null without a command
 */
record CommandRefusal(AcmpReply.Refused<?> reply, @Nullable RecordCommand command, @Nullable ChosenVersion version) {

    boolean isForLackOfLicences() {
        return reply.code() == ResultCode.Known.LICENCES_EXHAUSTED;
    }

    String reason() {
        return isForLackOfLicences() ? "No ACMP licence: " + reply.text() : reply.text();
    }

    /** Returns the refusal of one client. The request is kept for diagnosis, unless only a licence is missing. */
    Refusal of(OutgoingClient client) {
        return new Refusal(reply.code().number(), reason(), isForLackOfLicences() ? null : request(client));
    }

    private @Nullable String request(OutgoingClient client) {
        return command == null || version == null
                ? null
                : command.requestText(version.version(), version.ordered(switch (command) {
                    case SAVE_CLIENTS -> client.clientToSend();
                    case SAVE_MOBILE_DEVICES -> client.mobileDeviceToSend();
                }));
    }
}
