package io.acmpintune.engine.mapping;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.acmp.icql.AcmpDate;
import io.acmpintune.engine.acmp.icql.AcmpGuid;
import io.acmpintune.model.device.ConfigurationManagerFeatures;
import io.acmpintune.model.device.DeviceActionResult;
import io.acmpintune.model.device.DeviceId;
import io.acmpintune.model.device.GraphEnum;

/** Converts a property's value to the text of a field; each writes ACMP's "no value" of its type for null. */
enum Transform {
    TEXT {
        @Override
        boolean accepts(Class<?> type) {
            return !RESULTS.accepts(type) && !ENABLED.accepts(type) && type != Map.class;
        }

        @Override
        String text(@Nullable Object value) {
            return value == null ? "" : plain(value);
        }
    },
    GUID {
        @Override
        boolean accepts(Class<?> type) {
            return type == String.class || type == UUID.class || type == DeviceId.class;
        }

        @Override
        String text(@Nullable Object value) {
            return switch (value) {
                case null -> "";
                case UUID guid -> AcmpGuid.write(guid);
                default -> guid(plain(value));
            };
        }

        // one device with a malformed ID must not block all others
        private String guid(String text) {
            try {
                return AcmpGuid.read(text).map(AcmpGuid::write).orElse("");
            } catch (IllegalArgumentException _) {
                return "";
            }
        }
    },
    DATE {
        @Override
        boolean accepts(Class<?> type) {
            return type == Instant.class;
        }

        @Override
        String text(@Nullable Object value) {
            return value instanceof Instant instant ? date(instant) : AcmpDate.NONE;
        }
    },
    NUMBER {
        @Override
        boolean accepts(Class<?> type) {
            return type == Long.class;
        }

        @Override
        String text(@Nullable Object value) {
            return value instanceof Number number ? Long.toString(number.longValue()) : "0";
        }
    },
    /** Bytes rounded to mebibytes, which Windows and Intune's console call MB. */
    MEGABYTES {
        @Override
        boolean accepts(Class<?> type) {
            return NUMBER.accepts(type);
        }

        @Override
        String text(@Nullable Object value) {
            return rounded(value, 1L << 20);
        }
    },
    /** Bytes rounded to gibibytes. */
    GIGABYTES {
        @Override
        boolean accepts(Class<?> type) {
            return NUMBER.accepts(type);
        }

        @Override
        String text(@Nullable Object value) {
            return rounded(value, 1L << 30);
        }
    },
    BOOLEAN {
        @Override
        boolean accepts(Class<?> type) {
            return type == Boolean.class;
        }

        @Override
        String text(@Nullable Object value) {
            return Boolean.toString(Boolean.TRUE.equals(value));
        }
    },
    /** The domain of a user name or mail address; it identifies no person. */
    DOMAIN {
        @Override
        boolean accepts(Class<?> type) {
            return type == String.class;
        }

        @Override
        String text(@Nullable Object value) {
            String text = value == null ? "" : plain(value);
            return text.substring(text.lastIndexOf('@') < 0 ? text.length() : text.lastIndexOf('@') + 1);
        }
    },
    RESULTS {
        @Override
        boolean accepts(Class<?> type) {
            return type == List.class;
        }

        @Override
        String text(@Nullable Object value) {
            return value instanceof List<?> list
                    ? list.stream()
                            .filter(DeviceActionResult.class::isInstance)
                            .map(DeviceActionResult.class::cast)
                            .map(Transform::sentence)
                            .collect(Collectors.joining("; "))
                    : "";
        }
    },
    ENABLED {
        @Override
        boolean accepts(Class<?> type) {
            return type == ConfigurationManagerFeatures.class;
        }

        @Override
        String text(@Nullable Object value) {
            if (!(value instanceof ConfigurationManagerFeatures features)) {
                return "";
            }
            StringJoiner enabled = new StringJoiner(", ");
            add(enabled, "inventory", features.inventory());
            add(enabled, "modernApps", features.modernApps());
            add(enabled, "resourceAccess", features.resourceAccess());
            add(enabled, "deviceConfiguration", features.deviceConfiguration());
            add(enabled, "compliancePolicy", features.compliancePolicy());
            add(enabled, "windowsUpdateForBusiness", features.windowsUpdateForBusiness());
            return enabled.toString();
        }
    };

    /** Returns whether it accepts properties of a type. */
    abstract boolean accepts(Class<?> type);

    abstract String text(@Nullable Object value);

    /** Returns whether it writes free text; other forms must not be cut. */
    boolean isFreeText() {
        return switch (this) {
            case TEXT, DOMAIN, RESULTS, ENABLED -> true;
            case GUID, DATE, NUMBER, MEGABYTES, GIGABYTES, BOOLEAN -> false;
        };
    }

    /** Returns whether it keeps the personal data of its property. */
    boolean isPersonal() {
        return this != DOMAIN;
    }

    static Optional<Transform> named(String name) {
        return Arrays.stream(values()).filter(transform -> transform.key().equals(name)).findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String plain(Object value) {
        return switch (value) {
            case GraphEnum member -> member.value();
            case Instant instant -> date(instant);
            case UUID guid -> AcmpGuid.write(guid);
            default -> value.toString();
        };
    }

    private static String date(Instant instant) {
        try {
            return AcmpDate.write(instant);
        } catch (IllegalArgumentException _) {
            return AcmpDate.NONE;
        }
    }

    private static String rounded(@Nullable Object bytes, long unit) {
        if (!(bytes instanceof Long size)) {
            return "0";
        }
        long more = Math.floorMod(size, unit) >= unit / 2 ? 1 : 0;
        return Long.toString(Math.floorDiv(size, unit) + more);
    }

    private static String sentence(DeviceActionResult result) {
        Instant at = result.lastUpdatedDateTime() == null ? result.startDateTime() : result.lastUpdatedDateTime();
        return (result.actionName() == null ? "unknown" : result.actionName()) + ": "
                + (result.actionState() == null ? "unknown" : result.actionState().value())
                + (result.scanType() == null ? "" : " (" + result.scanType() + ")")
                + (at == null ? "" : " " + date(at));
    }

    private static void add(StringJoiner enabled, String name, @Nullable Boolean on) {
        if (Boolean.TRUE.equals(on)) {
            enabled.add(name);
        }
    }
}
