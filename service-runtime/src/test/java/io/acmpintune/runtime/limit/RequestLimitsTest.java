package io.acmpintune.runtime.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.acmpintune.model.problem.ProblemKind;
import io.acmpintune.runtime.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestLimitsTest {

    private static final String ANNA = "user:anna";
    private static final String BERT = "user:bert";
    private static final int STREAMS = 2;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);
    private final RequestLimits limits = new RequestLimits(10, 5, STREAMS, nanos::get);

    @Test
    void aBurstPassesAndTheNextRequestHasToWait() {
        assertThat(admitted(ANNA, 20)).isEqualTo(5);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limits.count(ANNA)).satisfies(refused -> {
            assertThat(refused.problem().kind()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS);
            assertThat(refused.problem().detail()).contains(ANNA);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void theRateIsKeptInTheLongRunWhateverIsRefused() {
        admitted(ANNA, 100);
        int admitted = IntStream.range(0, 100).map(_ -> {
            nanos.addAndGet(100_000_000);
            return admitted(ANNA, 50);
        }).sum();

        assertThat(admitted).isEqualTo(100);
    }

    @Test
    void oneIdentityTakesNothingFromAnother() {
        admitted(ANNA, 100);

        assertThat(admitted(BERT, 100)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void onlySoManyRequestsAreOpenUntilOneEnds(RequestLimits.Held what) {
        int most = what == RequestLimits.Held.STREAM ? STREAMS : RequestLimits.MOST_LARGE_BODIES;
        for (int i = 0; i < most; i++) {
            limits.hold(ANNA, what);
        }
        limits.hold(BERT, what);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> limits.hold(ANNA, what))
                .satisfies(refused -> assertThat(refused.problem().kind()).isEqualTo(ProblemKind.TOO_MANY_STREAMS));

        limits.release(ANNA, what);
        limits.hold(ANNA, what);
    }

    private int admitted(String identity, int requests) {
        return (int) IntStream.range(0, requests).filter(_ -> {
            try {
                limits.count(identity);
                return true;
            } catch (ProblemException _) {
                return false;
            }
        }).count();
    }
}
