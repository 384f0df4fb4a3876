package io.acmpintune.connector.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a bucket decides, with time given by hand. */
class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final RateLimit WRITES = RateLimit.of(190, 20);

    @ParameterizedTest
    @CsvSource({"190, 20, 20, 8.5", "1900, 100, 100, 90", "20, 20, 10, 0.5", "200, 20, 20, 9"})
    void aFullBucketAndTheInflowOfAWindowAreTheLimit(int limit, int largestBurst, int burst, double perSecond) {
        RateLimit flow = RateLimit.of(limit, largestBurst);

        assertThat(flow).isEqualTo(new RateLimit(burst, perSecond));
        assertThat(flow.burst() + flow.perSecond() * 20).isEqualTo(limit);
    }

    /** Callers of every size, at any moment, sometimes after a rest: whatever they do, no window holds more than the limit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noWindowOf20SecondsHoldsMoreThanTheLimitHoweverCallersCome(long seed) {
        Random random = new Random(seed);
        TokenBucket bucket = TokenBucket.full(WRITES, START);
        Instant now = START;
        Deque<Instant> window = new ArrayDeque<>();
        int most = 0;
        for (int call = 0; call < 2_000; call++) {
            now = now.plusMillis(random.nextInt(100) == 0 ? random.nextInt(60_000) : random.nextInt(300));
            int number = 1 + random.nextInt(20);
            bucket = bucket.at(now, WRITES).reserve(number);
            long ticket = bucket.reserved();
            now = now.plus(bucket.waitFor(ticket, now, WRITES));
            bucket = bucket.at(now, WRITES);
            assertThat(bucket.waitFor(ticket, now, WRITES)).as("a waited-for ticket is good")
                    .isLessThanOrEqualTo(Duration.ofNanos(1_000));
            for (int i = 0; i < number; i++) {
                window.addLast(now);
            }
            while (!window.getFirst().isAfter(now.minus(RateLimit.WINDOW))) {
                window.removeFirst();
            }
            most = Math.max(most, window.size());
        }

        assertThat(most).as("the fullest window").isBetween(160, 190);
    }

    @Test
    void whoCameFirstGoesFirstHoweverSmallTheOthersAre() {
        TokenBucket empty = TokenBucket.full(WRITES, START).reserve(20);
        TokenBucket large = empty.reserve(20);
        TokenBucket small = large.reserve(1);

        assertThat(small.waitFor(large.reserved(), START, WRITES))
                .isLessThan(small.waitFor(small.reserved(), START, WRITES));
    }

    @Test
    void aReservationWaitsForTheMissingRefill() {
        TokenBucket bucket = TokenBucket.full(WRITES, START).reserve(20).reserve(17);

        assertThat(bucket.waitFor(bucket.reserved(), START, WRITES)).isEqualTo(Duration.ofSeconds(2));
        assertThat(bucket.at(START.plusSeconds(2), WRITES).waitFor(bucket.reserved(), START.plusSeconds(2), WRITES))
                .isZero();
    }

    @Test
    void aClockThatSeemsToGoBackGivesNothing() {
        TokenBucket bucket = TokenBucket.full(WRITES, START).reserve(20);

        assertThat(bucket.at(START.minusSeconds(30), WRITES)).isEqualTo(bucket);
    }

    @Test
    void throttlingHalvesThePaceAndDropsTheBurst() {
        TokenBucket throttled = TokenBucket.full(WRITES, START).throttled(Duration.ZERO, START);

        assertThat(throttled.pace()).isEqualTo(0.5);
        assertThat(throttled.reserve(17).waitFor(17, START, WRITES)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theThrottlesOfRequestsThatWereUnderWayTogetherHalveOnce() {
        TokenBucket bucket = TokenBucket.full(WRITES, START)
                .throttled(Duration.ZERO, START)
                .throttled(Duration.ZERO, START.plusMillis(10))
                .throttled(Duration.ZERO, START.plusMillis(4_999));

        assertThat(bucket.pace()).isEqualTo(0.5);
        assertThat(bucket.throttled(Duration.ZERO, START.plusSeconds(5)).pace()).isEqualTo(0.25);
    }

    @Test
    void thePaceNeverFallsBelowASixteenth() {
        TokenBucket bucket = TokenBucket.full(WRITES, START);
        for (int i = 0; i < 10; i++) {
            bucket = bucket.throttled(Duration.ZERO, START.plusSeconds(5L * i));
        }

        assertThat(bucket.pace()).isEqualTo(1 / 16.0);
    }

    @ParameterizedTest
    @CsvSource({"9, 0.5", "10, 0.55", "19, 0.55", "20, 0.6", "100, 1.0", "100000, 1.0"})
    void thePaceGrowsByATwentiethEveryTenSecondsWithoutAThrottle(int seconds, double pace) {
        TokenBucket throttled = TokenBucket.full(WRITES, START).throttled(Duration.ZERO, START);

        assertThat(throttled.at(START.plusSeconds(seconds), WRITES).pace()).isCloseTo(pace, within(1e-9));
    }

    @Test
    void frequentChecksDoNotSpeedUpRecovery() {
        TokenBucket bucket = TokenBucket.full(WRITES, START).throttled(Duration.ZERO, START);
        for (int i = 1; i <= 190; i++) {
            bucket = bucket.at(START.plusMillis(100L * i), WRITES);
        }

        assertThat(bucket.pace()).isCloseTo(0.55, within(1e-9));
    }

    @Test
    void aClosedBucketNeitherReleasesNorRefillsNorRecovers() {
        Instant opens = START.plusSeconds(60);
        TokenBucket closed = TokenBucket.full(WRITES, START).throttled(Duration.ofSeconds(60), START);

        assertThat(closed.at(START.plusSeconds(59), WRITES).isClosed(START.plusSeconds(59))).isTrue();
        TokenBucket opened = closed.at(opens, WRITES);
        assertThat(opened.isClosed(opens)).isFalse();
        assertThat(opened.pace()).isEqualTo(0.5);
        assertThat(opened.released()).isZero();
        assertThat(closed.at(opens.plusSeconds(2), WRITES).released()).isCloseTo(8.5, within(1e-9));
    }

    @Test
    void whoStoodInLineWhenItClosedWaitsUntilItOpens() {
        TokenBucket bucket = TokenBucket.full(WRITES, START).reserve(5);
        TokenBucket closed = bucket.throttled(Duration.ofSeconds(60), START);

        assertThat(closed.waitFor(5, START, WRITES)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aShorterRetryAfterDoesNotOpenWhatALongerOneClosed() {
        TokenBucket closed = TokenBucket.full(WRITES, START)
                .throttled(Duration.ofSeconds(60), START)
                .throttled(Duration.ofSeconds(1), START);

        assertThat(closed.closedUntil()).isEqualTo(START.plusSeconds(60));
    }
}
