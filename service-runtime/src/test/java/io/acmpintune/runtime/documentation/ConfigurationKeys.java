package io.acmpintune.runtime.documentation;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Configuration keys with their defaults, as classes declare them or as a Markdown page documents them. Keys are in Spring's
 * uniform form without dashes ({@code acmp.workflows.<name>.batchsize}), since dashes make no difference to Spring.
 */
public final class ConfigurationKeys {

    private ConfigurationKeys() {}

    /** Returns the keys of every {@link ConfigurationProperties} record below a package. */
    public static SortedMap<String, String> declaredBelow(String basePackage) {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        SortedMap<String, String> keys = new TreeMap<>();
        scanner.findCandidateComponents(basePackage).forEach(candidate -> {
            Class<?> type = load(String.valueOf(candidate.getBeanClassName()));
            keys.putAll(declaredBy(type.getAnnotation(ConfigurationProperties.class).prefix(), type));
        });
        return keys;
    }

    /** Returns the keys of a properties record that is bound to a prefix. */
    public static SortedMap<String, String> declaredBy(String prefix, Class<?> properties) {
        SortedMap<String, String> keys = new TreeMap<>();
        RecordComponent[] components = properties.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            add(keys, prefix + "." + components[i].getName(), components[i].getGenericType(), defaultOf(properties, i));
        }
        return keys;
    }

    /** Returns the keys in the tables ({@code | `key` | `default` | meaning |}) below a second-level heading of a page. */
    public static SortedMap<String, String> documentedIn(Path page, String heading) throws IOException {
        SortedMap<String, String> keys = new TreeMap<>();
        for (List<String> row : DocumentedTable.rows(page, heading)) {
            keys.put(uniform(DocumentedTable.code(row.getFirst())), DocumentedTable.code(row.get(1)));
        }
        return keys;
    }

    private static void add(SortedMap<String, String> keys, String key, Type type, String byDefault) {
        if (type instanceof ParameterizedType generic) {
            Type value = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            boolean isMap = Map.class.isAssignableFrom((Class<?>) generic.getRawType());
            boolean isList = Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
            if (isMap) {
                add(keys, key + ".<name>", value, byDefault);
                return;
            }
            if (isList && isProperties(value)) {
                add(keys, key + "[]", value, byDefault);
                return;
            }
        }
        if (isProperties(type)) {
            keys.putAll(declaredBy(key, (Class<?>) type));
        } else {
            keys.put(uniform(key), byDefault);
        }
    }

    private static boolean isProperties(Type type) {
        return type instanceof Class<?> candidate && candidate.isRecord();
    }

    private static String defaultOf(Class<?> properties, int index) {
        DefaultValue byDefault = properties.getDeclaredConstructors()[0].getParameters()[index]
                .getAnnotation(DefaultValue.class);
        return byDefault == null ? "" : String.join(", ", byDefault.value());
    }

    private static String uniform(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("A class that was just scanned is not there", e);
        }
    }
}
