package io.acmpintune.engine.console.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

import io.acmpintune.engine.client.ClientSearch.Facet;

/**
 * Counts by the values of one property, for a chart.
 *
 * @param total count of all slices
 * @param largest count of the largest slice
 */
record Slices(List<Slice> all, int total, int largest) {

    /** Circumference of the ring, so that lengths are percentages. */
    static final double WHOLE = 100;

    Slices {
        all = List.copyOf(all);
    }

    /**
     * One value with its count.
     *
     * @param value null = none in Intune
     * @param length its share in percent
     * @param start where its arc of the ring begins, in percent
     */
    record Slice(@Nullable String value, int count, double length, double start) {

        public int percent() {
            return (int) Math.round(length);
        }

        /** Returns the arc and the rest of the ring as a {@code stroke-dasharray} of SVG. */
        public String dashes() {
            return length + " " + (WHOLE - length);
        }
    }

    /** Returns the slices, the largest first. */
    static Slices of(List<Facet> facets, Function<Facet, @Nullable String> property) {
        Map<@Nullable String, Integer> counts = new LinkedHashMap<>();
        for (Facet facet : facets) {
            counts.merge(property.apply(facet), facet.count(), Integer::sum);
        }
        int total = sum(facets, Facet::count);
        List<Slice> slices = new ArrayList<>();
        double start = 0;
        for (Map.Entry<@Nullable String, Integer> entry : counts.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList()) {
            double length = Math.round(entry.getValue() * WHOLE * 100 / total) / 100.0;
            slices.add(new Slice(entry.getKey(), entry.getValue(), length, start));
            start += length;
        }
        return new Slices(slices, total, slices.isEmpty() ? 0 : slices.getFirst().count());
    }

    private static int sum(List<Facet> facets, ToIntFunction<Facet> count) {
        return facets.stream().mapToInt(count).sum();
    }

    /** Returns the length of a bar in percent of the longest. */
    public double bar(Slice slice) {
        return largest == 0 ? 0 : Math.round(slice.count() * WHOLE * 10 / largest) / 10.0;
    }
}
