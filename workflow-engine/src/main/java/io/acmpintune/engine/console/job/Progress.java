package io.acmpintune.engine.console.job;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.acmpintune.engine.console.Tone;
import io.acmpintune.engine.job.Job;

/**
 * The progress bar of a job. Pure.
 *
 * @param ended how many of its devices have ended, well or not
 */
record Progress(List<Segment> segments, int ended, int total) {

    private static final double WHOLE = 100;
    /** What has ended comes first, so that the bar grows from the left. */
    private static final List<Tone> IN_ORDER = List.of(Tone.GOOD, Tone.BAD, Tone.NONE, Tone.WARN, Tone.RUNNING);

    Progress {
        segments = List.copyOf(segments);
    }

    /**
     * A part of the bar.
     *
     * @param start from 0 to 100
     * @param width from 0 to 100
     */
    record Segment(Tone tone, int count, double start, double width) {}

    static Progress of(Job job) {
        Map<Tone, Integer> counts = new EnumMap<>(Tone.class);
        job.outcome().forEach((state, count) -> counts.merge(Tone.of(job.queryAction(), state), count, Integer::sum));
        List<Segment> segments = new ArrayList<>();
        double start = 0;
        for (Tone tone : IN_ORDER) {
            int count = counts.getOrDefault(tone, 0);
            if (count > 0) {
                double width = WHOLE * count / job.targetCount();
                segments.add(new Segment(tone, count, start, width));
                start += width;
            }
        }
        int ended = counts.getOrDefault(Tone.GOOD, 0) + counts.getOrDefault(Tone.BAD, 0)
                + counts.getOrDefault(Tone.NONE, 0);
        return new Progress(segments, ended, job.targetCount());
    }

    /** Returns the percentage, rounded down, so that only a completed job has 100. */
    public int percent() {
        return total == 0 ? (int) WHOLE : (int) (WHOLE * ended / total);
    }
}
