package io.acmpintune.connector.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

import io.acmpintune.connector.inventory.FeedSignal;

import static org.assertj.core.api.Assertions.assertThat;

class LongPollTest {

    private final FeedSignal signal = new FeedSignal();
    private final LongPoll poll = new LongPoll(signal);

    @Test
    void whoWaitsIsAnsweredAtOnceWhenTheServiceEnds() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<Optional<String>> waiting = CompletableFuture
                .supplyAsync(() -> poll.first(LongPoll.MAX_WAIT, () -> {
                    looked.countDown();
                    return Optional.empty();
                }));
        looked.await();
        end();

        assertThat(waiting.get(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(poll.<String>first(LongPoll.MAX_WAIT, Optional::empty)).isEmpty();
    }

    @Test
    void anAvailableResultIsReturnedEvenDuringShutdown() {
        end();

        assertThat(poll.first(Duration.ZERO, () -> Optional.of("news"))).contains("news");
    }

    private void end() {
        try (StaticApplicationContext context = new StaticApplicationContext()) {
            poll.onApplicationEvent(new ContextClosedEvent(context));
        }
    }
}
