package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Manufacturers, models, storage sizes and operating system versions of real devices.
 *
 * @param storage in GB (decimal), as advertised
 * @param memory in GiB
 */
record Hardware(String maker, String model, int storage, int memory, List<String> versions) {

    private static final List<String> ANDROID = List.of("11", "12", "13", "14", "14.0", "15", "16");
    private static final List<String> IOS = List.of("16.7.10", "17.7.2", "18.1.1", "18.6", "26.0.1", "26.1");
    private static final List<String> MACOS = List.of("13.7.1 (22H221)", "14.7.1 (23H222)", "15.1 (24B83)",
            "26.0.1 (25A362)");
    private static final List<String> WINDOWS = List.of("10.0.19045.4412", "10.0.19045.5131", "10.0.22631.4460",
            "10.0.26100.2314", "10.0.26100.4061", "10.0.26200.7171");

    private static final List<Hardware> ANDROIDS = List.of(new Hardware("samsung", "SM-A546B", 128, 6, ANDROID),
            new Hardware("Samsung", "SM-G525F", 64, 4, ANDROID), new Hardware("samsung", "SM-T575", 64, 4, ANDROID),
            new Hardware("samsung", "SM-S921B", 256, 8, ANDROID), new Hardware("Google", "Pixel 8a", 128, 8, ANDROID),
            new Hardware("Google", "Pixel 9 Pro", 256, 16, ANDROID),
            new Hardware("Zebra Technologies", "TC52", 32, 4, ANDROID),
            new Hardware("Zebra Technologies", "TC58", 64, 4, ANDROID),
            new Hardware("Honeywell", "CT45P", 64, 6, ANDROID),
            new Hardware("Nokia", "Nokia XR20", 64, 4, ANDROID), new Hardware("Xiaomi", "2201117TY", 128, 6, ANDROID),
            new Hardware("HUAWEI", "ELE-L29", 128, 6, ANDROID), new Hardware("Fairphone", "FP5", 256, 8, ANDROID));
    private static final List<Hardware> PANELS = List.of(new Hardware("Yealink", "RoomPanel", 8, 2, List.of("9", "10")),
            new Hardware("Logitech", "TapScheduler", 16, 2, List.of("10")),
            new Hardware("Poly", "TC10", 32, 4, List.of("10", "12")),
            new Hardware("HTC", "VIVE Focus 3", 128, 8, List.of("10")));
    private static final List<Hardware> PHONES = List.of(new Hardware("Apple", "iPhone SE", 64, 4, IOS),
            new Hardware("Apple", "iPhone 13", 128, 4, IOS), new Hardware("Apple", "iPhone 14 Pro", 256, 6, IOS),
            new Hardware("Apple", "iPhone 15", 128, 6, IOS), new Hardware("Apple", "iPhone 16e", 128, 8, IOS),
            new Hardware("Apple", "iPhone 17", 256, 8, IOS));
    private static final List<Hardware> TABLETS = List.of(new Hardware("Apple", "iPad (9th generation)", 64, 3, IOS),
            new Hardware("Apple", "iPad Air (M2)", 128, 8, IOS),
            new Hardware("Apple", "iPad Pro 12.9\" (6th generation)", 256, 8, IOS));
    private static final List<Hardware> MACS = List.of(new Hardware("Apple", "MacBook Air", 256, 16, MACOS),
            new Hardware("Apple", "MacBook Pro", 512, 24, MACOS),
            new Hardware("Apple Inc.", "Mac mini", 256, 16, MACOS),
            new Hardware("Apple", "iMac", 512, 16, MACOS));
    private static final List<Hardware> COMPUTERS = List.of(new Hardware("LENOVO", "21CBCTO1WW", 512, 16, WINDOWS),
            new Hardware("LENOVO", "20XW00FMGE", 512, 16, WINDOWS),
            new Hardware("Dell Inc.", "Latitude 5440", 256, 16, WINDOWS),
            new Hardware("Dell Inc.", "OptiPlex 7010", 256, 8, WINDOWS),
            new Hardware("HP", "HP EliteBook 840 14 inch G10 Notebook PC", 512, 32, WINDOWS),
            new Hardware("HP", "HP ProDesk 400 G7 Small Form Factor PC", 256, 8, WINDOWS),
            new Hardware("Hewlett-Packard", "HP Z240 Tower Workstation", 1000, 64, WINDOWS),
            new Hardware("Microsoft Corporation", "Surface Pro 9", 256, 16, WINDOWS),
            new Hardware("Microsoft Corporation", "Virtual Machine", 128, 8, WINDOWS),
            new Hardware("VMware, Inc.", "VMware20,1", 100, 8, WINDOWS),
            new Hardware("innotek GmbH", "VirtualBox", 64, 4, WINDOWS),
            new Hardware("FUJITSU", "ESPRIMO Q958", 256, 16, WINDOWS),
            new Hardware("To be filled by O.E.M.", "To be filled by O.E.M.", 1000, 32, WINDOWS),
            new Hardware("System manufacturer", "System Product Name", 500, 16, WINDOWS));

    static Hardware any(Platform platform, RandomGenerator random) {
        List<Hardware> models = platform == Platform.ANDROID_OPEN_SOURCE
                ? PANELS
                : platform.android()
                        ? ANDROIDS
                        : platform.tablet()
                                ? TABLETS
                                : platform.mobileApple() ? PHONES : platform == Platform.MAC ? MACS : COMPUTERS;
        return models.get(random.nextInt(models.size()));
    }

    String anyVersion(RandomGenerator random) {
        return versions.get(random.nextInt(versions.size()));
    }

    long storageInBytes() {
        return storage * 1_000_000_000L;
    }

    long memoryInBytes() {
        return (long) memory << 30;
    }

    boolean virtual() {
        return model.startsWith("V") && !model.startsWith("VIVE");
    }
}
