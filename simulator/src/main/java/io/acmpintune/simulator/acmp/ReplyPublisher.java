package io.acmpintune.simulator.acmp;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.acmpintune.simulator.sics.Broker;
import io.acmpintune.simulator.sics.Message;

/** Publishes replies to their callback addresses, with the injected faults. */
final class ReplyPublisher {

    private final Broker broker;
    private final ServerFaults faults;

    ReplyPublisher(Broker broker, ServerFaults faults) {
        this.broker = broker;
        this.faults = faults;
    }

    void publish(Message request, String command, String version, Reply reply, ReplyFault fault) {
        String body = IcqlReply.write(command, version, reply);
        switch (fault) {
            case ReplyFault.None _,ReplyFault.Refused _ -> publish(request, body);
            case ReplyFault.Lost() -> {
            }
            case ReplyFault.Late(Duration time) ->
                CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> publish(request, body));
            case ReplyFault.Held() -> faults.hold(() -> publish(request, body));
            case ReplyFault.Duplicated() -> {
                publish(request, body);
                publish(request, body);
            }
            case ReplyFault.Foreign() -> {
                String other = command.equals("GetClientId") ? "DeleteClients" : "GetClientId";
                publish(request, IcqlReply.write(other, version, new Reply.Done()));
                publish(request, IcqlReply.write(command, version + "0", new Reply.Done()));
                publish(request, body);
            }
            case ReplyFault.Malformed(ReplyFault.Flaw flaw) -> publish(request, flaw.spoil(body, command, version));
        }
    }

    private void publish(Message request, String body) {
        if (!request.callbackRouter().isEmpty()) {
            broker.publish(request.callbackRouter(), request.callbackKey(), new Message(body, "", ""));
        }
    }
}
