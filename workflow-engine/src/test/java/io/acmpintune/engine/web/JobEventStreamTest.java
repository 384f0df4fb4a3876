package io.acmpintune.engine.web;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.job.Job;
import io.acmpintune.engine.job.JobBench;
import io.acmpintune.engine.job.QueryAction;

import static io.acmpintune.engine.job.JobBench.ANNA;
import static io.acmpintune.engine.job.JobBench.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Streams of one job's events, without a web server. */
class JobEventStreamTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BEAT = ": still here";

    private final JobBench bench = new JobBench();
    private final JobEventController controller = new JobEventController(bench.jobs, bench.events, JsonMapper.shared(),
            Duration.ofMillis(100));
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Job job = job();

    private Job job() {
        bench.client(ONE, "device-1");
        return bench.start(QueryAction.SYNCHRONIZE, ONE);
    }

    @BeforeEach
    void start() {
        bench.events.start();
    }

    @AfterEach
    void stop() {
        bench.events.stop();
        requests.shutdownNow();
    }

    @Test
    void heartbeatsNeedNoDatabase() {
        Sink stream = open(new Sink());
        await().atMost(LONG).until(() -> stream.contains("event: job"));

        bench.database.transactions().executeWithoutResult(_ -> {
            bench.database.jdbc().sql("lock table job, job_target in access exclusive mode").update();
            int before = stream.count(BEAT);
            await().atMost(LONG).until(() -> stream.count(BEAT) > before + 5);
        });
    }

    @Test
    void manyStreamsReportAChangeAlthoughSomeReadersTakeNothing() {
        List<Sink> readers = IntStream.range(0, 300).mapToObj(_ -> open(new Sink())).toList();
        List<StuckSink> stuck = Stream.generate(() -> open(new StuckSink())).limit(20).toList();
        await().atMost(LONG).until(() -> readers.stream().allMatch(stream -> stream.contains("event: job")));
        await().atMost(LONG).until(() -> stuck.stream().allMatch(StuckSink::isStuck));

        bench.jobs.cancel(job.id(), ANNA);

        await().atMost(LONG).until(() -> readers.stream().allMatch(stream -> stream.contains("event: end")));
        assertThat(readers).allSatisfy(stream -> assertThat(stream.count("event: end")).isEqualTo(1));
        stuck.forEach(StuckSink::release);
    }

    private <W extends Writer> W open(W sink) {
        requests.execute(() -> Objects.requireNonNull(controller.events(job.id(), null).getBody())
                .writeTo(new PrintWriter(sink)));
        return sink;
    }

    /** A reader that takes everything. */
    private static final class Sink extends StringWriter {

        boolean contains(String part) {
            return toString().contains(part);
        }

        int count(String part) {
            return toString().split(part, -1).length - 1;
        }
    }

    /** A reader whose connection takes nothing. */
    private static final class StuckSink extends Writer {

        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void write(char[] characters, int offset, int length) {
            // the connection's buffer takes it
        }

        @Override
        public void flush() {
            stuck.countDown();
            try {
                released.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        boolean isStuck() {
            return stuck.getCount() == 0;
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
