package io.acmpintune.simulator.graph;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates device names as users, images and enrollment produce them: typed by hand, duplicated, or with unusual
 * characters.
 */
final class DeviceNames {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final List<String> UNTIDY = List.of("<Lager> & \"Kasse\" %d", "Scanner {%d}", "Kiosk {{device}} %d",
            "👩‍🔧 Werkstatt %d", "Prüfgerät #%d; alt", " vorn und hinten %d ", "50%% Rabatt-Tablet %d", "a+b=c?%d&d",
            "Empfang/Foyer %d", "C:\\Gerät\\%d", "O'Neill's 'Test' %d", "שלום %d", "移动设备-%d", "ﬁle—“Büro” %d", "_%d_",
            "]]> %d");
    private static final List<String> TYPED_BY_MANY = List.of("iPhone", "iPad", "Galaxy A54", "MacBook Pro", "Tablet",
            "Dienst-Handy", "test");
    private static final List<String> SITES = List.of("HQ", "SOEST", "MUC", "BER", "LAGER", "WERK2");

    private DeviceNames() {}

    static String any(Platform platform, People.Person owner, RandomGenerator random) {
        int luck = random.nextInt(1000);
        int number = random.nextInt(1, 1000);
        if (luck < 2) {
            return "";
        }
        if (luck < 4) {
            return "Sehr langer Name ".repeat(12) + number;
        }
        if (luck < 34) {
            return UNTIDY.get(random.nextInt(UNTIDY.size())).formatted(number);
        }
        if (luck < 70) {
            return TYPED_BY_MANY.get(random.nextInt(TYPED_BY_MANY.size()));
        }
        if (platform.windows()) {
            return switch (random.nextInt(4)) {
                case 0 -> "LAPTOP-" + code(8, random);
                case 1 -> "%s-PC-%04d".formatted(SITES.get(random.nextInt(SITES.size())), random.nextInt(10_000));
                default -> "DESKTOP-" + code(7, random);
            };
        }
        if (platform.userless()) {
            return platform == Platform.ANDROID_OPEN_SOURCE
                    ? "RoomPanel-" + code(4, random)
                    : "%s-%s-%03d".formatted(platform.tablet() ? "iPad" : "Kiosk",
                            SITES.get(random.nextInt(SITES.size())), number);
        }
        if (platform.mobileApple()) {
            return random.nextBoolean() ? owner.firstName() + "’s iPhone" : "iPhone von " + owner.displayName();
        }
        if (platform == Platform.MAC) {
            return random.nextBoolean() ? "MacBook Pro von " + owner.firstName() : "Mac-" + code(6, random);
        }
        return owner.alias() + "_" + platform.operatingSystem() + "_" + random.nextInt(1, 13) + "/"
                + random.nextInt(1, 29) + "/2025_" + random.nextInt(1, 12) + ":" + random.nextInt(10, 60) + " AM";
    }

    static String code(int length, RandomGenerator random) {
        var code = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }
}
