package io.acmpintune.system;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.Traffic;

/** Watches an import from outside and tells how long each stage was at work. Stages overlap, so their shares add up to more than all. */
final class StageTimes {

    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";

    private final BothServices installation;
    private final AcmpServer acmp;
    private final Database database;
    private final Map<Stage, Work> works = new EnumMap<>(Stage.class);
    private long lastLook = System.nanoTime();

    /** What is between Intune and ACMP. */
    private enum Stage {
        SCAN("scan"), PULL("pull, match and map"), LOOK_UP("look up"), SAVE("save");

        private final String title;

        Stage(String title) {
            this.title = title;
        }
    }

    /** A stage's work: how far it was, from when to when it was seen at work, and how long of that it moved. */
    private static final class Work {
        private long count;
        private @Nullable Long begin;
        private long end;
        private long busy;
    }

    StageTimes(BothServices installation, AcmpServer acmp) {
        this.installation = installation;
        this.acmp = acmp;
        this.database = new Database(installation.databaseUrl());
        for (Stage stage : Stage.values()) {
            works.put(stage, new Work());
        }
    }

    /** Takes a look; true when ACMP has answered all that there is to save. */
    boolean look() throws Exception {
        long now = System.nanoTime();
        for (Stage stage : List.of(Stage.SCAN, Stage.LOOK_UP, Stage.SAVE)) {
            note(work(stage), count(stage), false, now);
        }
        long pulled = database.number("select coalesce(max(device_cursor), 0) from workflow.workflow");
        long stored = database.number("select coalesce(max(device_revision), 0) from connector.connector");
        // it moves a page at a time
        note(work(Stage.PULL), pulled, pulled < stored, now);
        lastLook = now;
        int devices = installation.simulator().tenant().size();
        return acmp.mobileDeviceCount() >= devices && pulled == stored
                && installation.publication("ACMP-1").path("acknowledged").asInt() == devices;
    }

    private long count(Stage stage) {
        Map<String, Traffic> traffic = acmp.traffic();
        Traffic none = new Traffic(0, 0, 0);
        return switch (stage) {
            case SCAN -> installation.simulator().requests().getOrDefault(LIST, 0L);
            case PULL -> work(stage).count;
            case LOOK_UP -> traffic.getOrDefault("GetClientId", none).messages();
            case SAVE -> traffic.getOrDefault("SaveClients", none).messages()
                    + traffic.getOrDefault("SaveMobileDevices", none).messages();
        };
    }

    private void note(Work work, long count, boolean behind, long now) {
        if (count > work.count || behind) {
            work.busy += now - lastLook;
            work.begin = work.begin == null ? Long.valueOf(lastLook) : work.begin;
            work.end = now;
            work.count = count;
        }
    }

    private Work work(Stage stage) {
        Work work = works.get(stage);
        if (work == null) {
            throw new IllegalStateException("no work for " + stage);
        }
        return work;
    }

    /** From the first request to Graph to the last acknowledgement of ACMP's. */
    Duration total() {
        Long begin = work(Stage.SCAN).begin;
        return Duration.ofNanos(work(Stage.SAVE).end - (begin == null ? work(Stage.SAVE).end : begin));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%,d devices from the first Graph request to the last acknowledgement of ACMP's: %.1f s%n",
                installation.simulator().tenant().size(), seconds(total().toNanos())));
        Long first = work(Stage.SCAN).begin;
        long origin = first == null ? lastLook : first;
        works.forEach((stage, work) -> text.append(String.format(Locale.ROOT,
                "  %-20s from %6.1f s to %6.1f s, at work for %6.1f s (%.0f %%)%n", stage.title,
                seconds((work.begin == null ? origin : work.begin) - origin), seconds(work.end - origin),
                seconds(work.busy), 100.0 * work.busy / Math.max(1, total().toNanos()))));
        return text.toString();
    }

    private static double seconds(long nanoseconds) {
        return nanoseconds / 1e9;
    }
}
