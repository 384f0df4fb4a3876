package io.acmpintune.system;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.acmpintune.simulator.acmp.AcmpServer;
import io.acmpintune.simulator.acmp.Traffic;

/** Measures from outside how long each stage of an import was active. Stages overlap, so their shares add up to more than 100 %. */
final class StageTimes {

    private static final String LIST = "GET /v1.0/deviceManagement/managedDevices";

    private final BothServices installation;
    private final AcmpServer acmp;
    private final Database database;
    private final Map<Stage, Activity> activities = new EnumMap<>(Stage.class);
    private long lastUpdate = System.nanoTime();

    /** The stages between Intune and ACMP. */
    private enum Stage {
        SCAN("scan"), PULL("pull, match and map"), LOOK_UP("look up"), SAVE("save");

        private final String title;

        Stage(String title) {
            this.title = title;
        }
    }

    /** The progress of a stage: steps taken, first and last activity, and the time in which it moved. */
    private static final class Activity {
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
            activities.put(stage, new Activity());
        }
    }

    /** Records the current progress. Returns true once ACMP has acknowledged every device. */
    boolean update() throws Exception {
        long now = System.nanoTime();
        for (Stage stage : List.of(Stage.SCAN, Stage.LOOK_UP, Stage.SAVE)) {
            note(activity(stage), count(stage), false, now);
        }
        long pulled = database.number("select coalesce(max(device_cursor), 0) from workflow.workflow");
        long stored = database.number("select coalesce(max(device_revision), 0) from connector.connector");
        // it moves one page at a time
        note(activity(Stage.PULL), pulled, pulled < stored, now);
        lastUpdate = now;
        int devices = installation.simulator().tenant().size();
        return acmp.mobileDeviceCount() >= devices && pulled == stored
                && installation.publication("ACMP-1").path("acknowledged").asInt() == devices;
    }

    private long count(Stage stage) {
        Map<String, Traffic> traffic = acmp.traffic();
        Traffic none = new Traffic(0, 0, 0);
        return switch (stage) {
            case SCAN -> installation.simulator().requests().getOrDefault(LIST, 0L);
            case PULL -> activity(stage).count;
            case LOOK_UP -> traffic.getOrDefault("GetClientId", none).messages();
            case SAVE -> traffic.getOrDefault("SaveClients", none).messages()
                    + traffic.getOrDefault("SaveMobileDevices", none).messages();
        };
    }

    private void note(Activity activity, long count, boolean behind, long now) {
        if (count > activity.count || behind) {
            activity.busy += now - lastUpdate;
            activity.begin = activity.begin == null ? Long.valueOf(lastUpdate) : activity.begin;
            activity.end = now;
            activity.count = count;
        }
    }

    private Activity activity(Stage stage) {
        Activity activity = activities.get(stage);
        if (activity == null) {
            throw new IllegalStateException("no activity of " + stage);
        }
        return activity;
    }

    /** Returns the time from the first Graph request to the last acknowledgement by ACMP. */
    Duration total() {
        Long begin = activity(Stage.SCAN).begin;
        return Duration.ofNanos(activity(Stage.SAVE).end - (begin == null ? activity(Stage.SAVE).end : begin));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%,d devices from the first Graph request to the last acknowledgement by ACMP: %.1f s%n",
                installation.simulator().tenant().size(), seconds(total().toNanos())));
        Long first = activity(Stage.SCAN).begin;
        long origin = first == null ? lastUpdate : first;
        activities.forEach((stage, activity) -> text.append(String.format(Locale.ROOT,
                "  %-20s from %6.1f s to %6.1f s, active for %6.1f s (%.0f %%)%n", stage.title,
                seconds((activity.begin == null ? origin : activity.begin) - origin), seconds(activity.end - origin),
                seconds(activity.busy), 100.0 * activity.busy / Math.max(1, total().toNanos()))));
        return text.toString();
    }

    private static double seconds(long nanoseconds) {
        return nanoseconds / 1e9;
    }
}
